// Compiles without warnings by default, and contains what -Wconversion, -Wshadow and
// -Wold-style-cast find.
int sloppy(double value) {
    int whole = value;
    {
        unsigned whole = (unsigned)value;
        return whole;
    }
    return whole;
}
