#!/usr/bin/env python3
"""Holds what `spfcheck report` writes against what it may contain.

markup.py html FILE   well-formed XML; only the elements and attributes of a report; no script, no
                      address of another document; references lead somewhere; tables have captions
                      and heads
markup.py svg FILE    the same for a picture of its own
markup.py dot FILE    only statements that a report has, whose texts are quoted
markup.py text FILE   prints the text of a page, one line for each block

Prints what is wrong. Exit status: 0 nothing, 1 something.
"""
import re
import sys
import xml.etree.ElementTree as tree  # expat: strict about characters, UTF-8 and well-formedness

SVG = "{http://www.w3.org/2000/svg}"
HTML_ELEMENTS = set(
    "html head meta title style body header main section footer h1 h2 h3 p span time pre code mark sup a"
    " ul ol li figure figcaption table caption thead tbody tr th td details summary".split())
SVG_ELEMENTS = set("svg title desc style g rect line path text".split())
ATTRIBUTES = {
    "html": {"lang"}, "meta": {"charset", "http-equiv", "content", "name"}, "time": {"datetime"},
    "section": {"aria-labelledby"}, "h2": {"id"}, "li": {"id"}, "a": {"href", "aria-label"},
    "p": {"class"}, "span": {"class"}, "mark": {"class"}, "ul": {"class"}, "ol": {"class"},
    "figcaption": {"class"}, "th": {"scope", "class"}, "td": {"class"}, "details": {"open"},
}
SVG_ATTRIBUTES = {
    "svg": {"class", "role", "aria-labelledby", "aria-hidden", "width", "height", "viewBox",
            "{http://www.w3.org/XML/1998/namespace}lang"},
    "title": {"id"}, "desc": {"id"}, "g": {"transform"},
    "rect": {"class", "x", "y", "width", "height", "rx", "fill"},
    "line": {"class", "x1", "x2", "y1", "y2"}, "path": {"class", "d"},
    "text": {"class", "x", "y", "text-anchor"},
}
VALUES = {  # what the values of attributes look like; others are compared with nothing
    "class": r"[a-z-]+( [a-z-]+)*", "href": r"#finding-[0-9]+", "id": r"[a-z]+(-[a-z0-9]+)?",
    "transform": r"translate\([0-9]+ [0-9]+\)", "d": r"[MVLhlvaz0-9 .-]+",
    "fill": r"var\(--paper\)", "open": "open", "scope": "row|col",
    "width": r"[0-9.]+%?", "height": r"[0-9.]+", "x": r"-?[0-9.]+%?", "y": r"-?[0-9.]+",
}
BLOCKS = set("h1 h2 h3 p pre li caption tr figcaption title desc text summary".split())
HIDDEN = re.compile("[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def check_markup(text, root_name):
    root = tree.fromstring(text)
    problems = []
    ids, references = set(), set()
    for element in root.iter():
        is_svg = element.tag.startswith(SVG)
        name = element.tag.removeprefix(SVG)
        allowed = SVG_ELEMENTS if is_svg else HTML_ELEMENTS
        if name not in allowed:
            problems.append(f"element {element.tag}")
        for key, value in element.attrib.items():
            if key not in (SVG_ATTRIBUTES if is_svg else ATTRIBUTES).get(name, set()):
                problems.append(f"attribute {key} of {name}")
            if key in VALUES and not re.fullmatch(VALUES[key], value):
                problems.append(f"{key}={value!r} of {name}")
            if key == "id":
                if value in ids:
                    problems.append(f"two elements have the id {value}")
                ids.add(value)
            if key in ("aria-labelledby",):
                references.update(value.split())
            if key == "href":
                references.add(value.removeprefix("#"))
        for part in (element.text, element.tail, *element.attrib.values()):
            if part and HIDDEN.search(part):
                problems.append(f"an invisible character in {name}")
        if name == "table" and (element[0].tag != "caption" or element[1].tag != "thead"):
            problems.append("a table has no caption or no head")
        if name == "th" and "scope" not in element.attrib:
            problems.append("a th has no scope")
    if root.tag.removeprefix(SVG) != root_name:
        problems.append(f"it is {root.tag}")
    if len([each for each in root.iter() if each.tag.removeprefix(SVG) == "style"]) != 1:
        problems.append("there is not one style sheet")
    problems += [f"nothing has the id {each}" for each in references - ids]
    levels = [int(each.tag[1]) for each in root.iter() if re.fullmatch("h[1-6]", each.tag)]
    if any(after > before + 1 for before, after in zip(levels, levels[1:])) or levels.count(1) > 1:
        problems.append(f"the levels of headings are {levels}")
    return problems


QUOTED = r'"(?:[^"\\\n]|\\["\\n])*"'
VALUE = rf'(?:{QUOTED}|[a-zA-Z0-9]+)'
LIST = rf'\[[a-z]+={VALUE}(?:, [a-z]+={VALUE})*\]'
STATEMENT = re.compile(rf'  (?:rankdir=LR|(?:node|edge|n[0-9]+|more|n[0-9]+ -> (?:n[0-9]+|more)) {LIST})')


def check_dot(text):
    lines = text.split("\n")
    if lines[0] != "digraph spf {" or lines[-2:] != ["}", ""]:
        return ["it is not one graph"]
    problems = [f"statement {each!r}" for each in lines[1:-2] if not STATEMENT.fullmatch(each)]
    if not all(" " <= each <= "~" or each == "\n" for each in text):
        problems.append("it is not printable")
    return problems


def text_of(element):
    """The text of each block in a line, in the order of the page."""
    parts = [""]

    def walk(each):
        name = each.tag.removeprefix(SVG)
        if name == "style":
            return
        if name in BLOCKS:
            parts.append("")
        parts[-1] += each.text or ""
        for child in each:
            walk(child)
            parts[-1] += (" " if child.tag in ("th", "td", "span") else "") + (child.tail or "")
        if name in BLOCKS:
            parts.append("")

    walk(element)
    return "\n".join(filter(None, (" ".join(each.split()) for each in parts)))


def main():
    kind, path = sys.argv[1:]
    with open(path, "rb") as file:
        octets = file.read()
    text = octets.decode("utf-8")
    if kind == "text":
        print(text_of(tree.fromstring(octets)))
        return 0
    problems = check_dot(text) if kind == "dot" else check_markup(octets, kind)
    print("\n".join(problems[:20]), end="")
    return 1 if problems else 0


sys.exit(main())
