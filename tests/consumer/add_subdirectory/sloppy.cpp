// Contains what -Wconversion, -Wshadow and -Wold-style-cast find. It must compile without warnings,
// because the library's own warning options must not apply to the project that uses it.
int sloppy(double value) {
    int whole = value;
    {
        unsigned whole = (unsigned)value;
        return whole;
    }
    return whole;
}
