#!/usr/bin/python3
"""Drives a Qt window from outside, through AT-SPI, the way a screen reader does.

Reads one JSON object a line from standard input, {"id": 1, "do": "press", ...}, and answers each with one line: {"id": 1, "value": ...}
or {"id": 1, "error": "..."}. Ends with its input. Waiting is the caller's: every order answers at once.
Names are accessible names; where several controls carry a name, the first that is showing is meant.
"""
import json
import os
import sys

os.environ.setdefault("NO_AT_BRIDGE", "1")
import pyatspi  # noqa: E402  (the variable above must be set first)


class Missing(Exception):
    """What was asked for is not there (yet)."""


def application(pid):
    for app in pyatspi.Registry.getDesktop(0):
        try:
            if app is not None and app.get_process_id() == pid:
                return app
        except Exception:  # an application that is going away
            continue
    raise Missing(f"no accessible application with process {pid}")


def showing(node):
    states = node.getState()
    return states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE)


def is_table(node):
    return "Table" in pyatspi.listInterfaces(node)


def walk(node, into_tables=False):
    """All nodes below `node`; a table's cells are left out unless asked for (there may be thousands)."""
    yield node
    if is_table(node) and not into_tables:
        return
    for index in range(node.childCount):
        try:
            child = node.getChildAtIndex(index)
        except Exception:
            continue
        if child is not None:
            yield from walk(child, into_tables)


def matches(node, order):
    name = node.name
    if "name" in order and name != order["name"]:
        return False
    if "starts" in order and not name.startswith(order["starts"]):
        return False
    return "role" not in order or node.getRoleName() == order["role"]


def find(order):
    hidden = None
    top = find({"pid": order["pid"], "name": order["below"], "hidden": True}) if "below" in order else application(order["pid"])
    for node in walk(top):
        try:
            if matches(node, order):
                if showing(node):
                    return node
                hidden = hidden or node
        except Exception:  # a widget that was destroyed meanwhile
            continue
    if hidden is not None and order.get("hidden"):
        return hidden
    what = order.get("name", order.get("starts"))
    raise Missing(f"nothing {'showing ' if hidden is not None else ''}is named {what!r}")


def text_of(node):
    if "Text" in pyatspi.listInterfaces(node):
        text = node.queryText()
        return text.getText(0, text.characterCount)
    return node.name


def describe(node):
    states = node.getState()
    return {
        "name": node.name,
        "role": node.getRoleName(),
        "text": text_of(node),
        "enabled": states.contains(pyatspi.STATE_ENABLED),
        "checked": states.contains(pyatspi.STATE_CHECKED),
        "showing": showing(node),
        "description": node.description,
    }


def press(node):
    action = node.queryAction()
    names = [action.getName(index) for index in range(action.nActions)]
    for wanted in ("Press", "press", "Toggle", "toggle", "ShowMenu", "SetFocus"):
        if wanted in names:
            action.doAction(names.index(wanted))
            return wanted
    raise Missing(f"{node.name!r} can not be pressed; its actions are {names}")


def rows(node, limit):
    table = node.queryTable()
    columns = [table.getColumnDescription(column) or "" for column in range(table.nColumns)]
    found = []
    for row in range(min(table.nRows, limit)):
        cells = []
        for column in range(table.nColumns):
            cell = table.getAccessibleAt(row, column)
            cells.append("" if cell is None else (cell.name or text_of(cell)))
        found.append(cells)
    return {"columns": columns, "rows": found, "count": table.nRows}


def select_row(node, row):
    table = node.queryTable()
    if not 0 <= row < table.nRows:
        raise Missing(f"{node.name!r} has no row {row}")
    for selected in list(table.getSelectedRows()):
        if selected != row:
            table.removeRowSelection(selected)
    if not table.isRowSelected(row):
        table.addRowSelection(row)
    return list(table.getSelectedRows())


def tree(node, depth=0, lines=None):
    lines = [] if lines is None else lines
    try:
        mark = "" if showing(node) else " (hidden)"
        lines.append(f"{'  ' * depth}{node.getRoleName()} {node.name!r}{mark}")
        if not is_table(node):
            for index in range(node.childCount):
                child = node.getChildAtIndex(index)
                if child is not None:
                    tree(child, depth + 1, lines)
    except Exception as error:
        lines.append(f"{'  ' * depth}({error})")
    return lines


def carry_out(order):
    do = order["do"]
    if do == "tree":
        return "\n".join(tree(application(order["pid"])))
    node = find(order)
    if do == "find":
        return describe(node)
    if do == "press":
        if not node.getState().contains(pyatspi.STATE_ENABLED):
            raise Missing(f"{node.name!r} is disabled")
        return press(node)
    if do == "focus":
        return node.queryComponent().grabFocus()
    if do == "write":
        return node.queryEditableText().setTextContents(order["text"])
    if do == "rows":
        return rows(node, order.get("limit", 50))
    if do == "select":
        return select_row(node, order["row"])
    raise ValueError(f"unknown order {do!r}")


def main():
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = {"id": order["id"], "value": carry_out(order)}
        except Missing as error:
            answer = {"id": order["id"], "error": str(error), "missing": True}
        except Exception as error:  # D-Bus errors of a window that changes while it is read: the caller may try again
            answer = {"id": order["id"], "error": f"{type(error).__name__}: {error}", "missing": True}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
