#!/usr/bin/env python3
"""What the largest records that an untrusted sender can publish cost `spfcheck` in CPU time and memory.

work.py [SPFCHECK [NAME...]]   prints a table: for each kind of record at 1, 10 and 100 times its size, the
                               exit status, the seconds of CPU and the MiB of each sub-command that maps
                               policies. The bound is 1 s and 100 MiB for all of them; what is cut off by the
                               budget (SweepOptions::usual_work) exits with 5.
"""
import os
import pathlib
import random
import resource
import sys
import tempfile

FULL = 60_000  # octets of one TXT record; with the length of each string, the most is 65,535
COMMANDS = {
    "networks": ["networks", "example.com"],
    "json": ["networks", "example.com", "--json"],
    "flatten": ["flatten", "example.com"],
    "diff": ["diff", "example.com", "v=spf1 -all"],
    "diff json": ["diff", "example.com", "v=spf1 -all", "--json"],
    "authorize": ["authorize", "example.com", "198.18.0.25"],
}


def address(rng):
    return f"{rng.randrange(1, 224)}.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}"


def address6(rng):
    return f"2{rng.randrange(0xfff):x}:{rng.randrange(0xffff):x}::{rng.randrange(0xffff):x}"


def filled(size, term, end="-all"):
    terms, length = [], 16
    while True:
        text = term()
        if length + len(text) + 1 > size:
            return " ".join(["v=spf1", *terms, end])
        terms.append(text)
        length += len(text) + 1


def quoted(text):
    return " ".join(f'"{text[at:at + 255]}"' for at in range(0, len(text), 255))


def zone(records, others=()):
    lines = ["$TTL 3600"]
    for name, text in records:
        lines.append(f"{name}. TXT {quoted(text)}")
    return "\n".join([*lines, *others, ""])


def includes(names, end="-all"):
    return " ".join(["v=spf1", *(f"include:{name}" for name in names), end])


def one_record_often(n, rng):
    """n includes of one record of 64 KB"""
    big = filled(FULL, lambda: "ip4:" + address(rng))
    return zone([("example.com", includes(["big.example"] * n)), ("big.example", big)])


def many_records(n, rng):
    """n includes of different records of 64 KB"""
    names = [f"r{i}.example" for i in range(n)]
    bigs = [(name, filled(FULL, lambda: "ip4:" + address(rng))) for name in names]
    return zone([("example.com", includes(names)), *bigs])


def ip6(n, rng):
    """n includes of one record of 64 KB, all ip6"""
    big = filled(FULL, lambda: "ip6:" + address6(rng))
    return zone([("example.com", includes(["big.example"] * n)), ("big.example", big)])


def alternating(n, rng):
    """a record of n x 650 octets, + and - in turn"""
    signs = iter("+-" * FULL)
    return zone([("example.com", filled(650 * n, lambda: f"{next(signs)}ip4:{address(rng)}"))])


def hosts(n, rng):
    """10 x a of names with n x 10 addresses"""
    names = [f"h{i}.example" for i in range(10)]
    lines = [f"{name}. A {address(rng)}" for name in names for _ in range(10 * n)]
    return zone([("example.com", "v=spf1 " + " ".join(f"a:{name}" for name in names) + " -all")], lines)


def mail_hosts(n, rng):
    """n x mx of ten hosts of ten addresses, behind 500 x ip4"""
    lines = []
    for i in range(n):
        for j in range(10):
            lines.append(f"m{i}.example. MX 10 h{i}x{j}.example.")
            lines += [f"h{i}x{j}.example. A {address(rng)}" for _ in range(10)]
    ranges = " ".join("ip4:" + address(rng) for _ in range(500))
    return zone([("example.com", f"v=spf1 {ranges} " + " ".join(f"mx:m{i}.example" for i in range(n)) + " -all")],
                lines)


def macros(n, rng):
    """n x exists of macros of 600 octets, behind 100 x ip4"""
    long = "%{d}" * 150
    ranges = " ".join("ip4:" + address(rng) for _ in range(100))
    return zone([("example.com", f"v=spf1 {ranges} " + f"exists:{long}.example " * n + "-all")])


def long_term(n, rng):
    """an include by a macro of n x 600 octets, of a record of 64 KB"""
    big = filled(FULL, lambda: "ip4:" + address(rng))
    return zone([("example.com", "v=spf1 include:" + "%{d1r}" * (100 * n) + ".big.example -all"),
                 ("*.big.example", big)])


def redirects(n, rng):
    """n records, each with 100 x ip4 and a redirect to the next"""
    records = []
    for i in range(n):
        name = "example.com" if i == 0 else f"r{i}.example"
        ranges = " ".join("ip4:" + address(rng) for _ in range(100))
        end = f"redirect=r{i + 1}.example" if i + 1 < n else "-all"
        records.append((name, f"v=spf1 {ranges} {end}"))
    return zone(records)


def many_texts(n, rng):
    """n x 10 TXT records at one name"""
    others = [("example.com", "x" * 50 + str(i)) for i in range(10 * n)]
    return zone([("example.com", "v=spf1 ip4:192.0.2.1 -all"), *others])


def dependent(n, rng):
    """100 x ip4, then n x exists of %{i}"""
    ranges = " ".join("ip4:" + address(rng) for _ in range(100))
    return zone([("example.com", f"v=spf1 {ranges} " + "exists:%{i}.x.example " * n + "-all")])


def legitimate(n, rng):
    """a tree as large ones are: 5 includes of n x 2 networks, 5 x mx of ten hosts"""
    names = [f"s{i}.example" for i in range(5)]
    services = []
    for name in names:
        nets = [f"ip4:{address(rng).rsplit('.', 1)[0]}.0/24" for _ in range(2 * n)]
        services.append((name, "v=spf1 " + " ".join(nets) + " ~all"))
    lines = []
    for i in range(5):
        for j in range(10):
            host = f"h{i}x{j}.example."
            lines += [f"m{i}.example. MX 10 {host}", f"{host} A {address(rng)}", f"{host} AAAA {address6(rng)}"]
    record = includes(names, " ".join(f"mx:m{i}.example" for i in range(5)) + " -all")
    return zone([("example.com", record), *services], lines)


KINDS = [one_record_often, many_records, ip6, alternating, hosts, mail_hosts, macros, long_term, redirects,
         many_texts, dependent, legitimate]


def run(program, arguments):
    """Exit status, seconds of CPU, MiB."""
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
        os.execv(program, [program, *arguments])
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "build/release/bin/spfcheck"
    wanted = sys.argv[2:]
    print(f"{'':24}" + "".join(f"{name:>18}" for name in COMMANDS))
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            if wanted and kind.__name__ not in wanted:
                continue
            print(f"{kind.__name__}: {kind.__doc__.splitlines()[0]}")
            for n in (1, 10, 100):
                file = pathlib.Path(folder) / "zone"
                file.write_text(kind(n, random.Random(n)), encoding="ascii")
                base = run(program, ["check", "--zone", str(file), "--ip", "192.0.2.1", "--sender", "a@example.com"])
                cells = []
                for arguments in COMMANDS.values():
                    status, seconds, mebibytes = run(program, [*arguments, "--zone", str(file)])
                    cells.append(f"{status:>3} {seconds:6.2f} s {mebibytes:4.0f} M")
                print(f"  x {n:<4} (check {base[1]:5.2f} s)" + "".join(f"{cell:>18}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
