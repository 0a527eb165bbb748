#!/usr/bin/python3
"""A small X11 window to drag real files out of: `drag_source.py FILE...`.

The window journeys drop files on the program as a person does. GTK takes part in the X drag
protocol for us. Says `ready` when it can be pressed, `given` when the target asked for the files.
"""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

FILES = [pathlib.Path(name).resolve(strict=True).as_uri() for name in sys.argv[1:]]


def say(word):
    print(word, flush=True)


def give(_widget, _context, selection, _info, _time):
    selection.set_uris(FILES)
    say("given")


handle = Gtk.EventBox()
handle.add(Gtk.Label(label="files"))
handle.drag_source_set(
    Gdk.ModifierType.BUTTON1_MASK,
    [Gtk.TargetEntry.new("text/uri-list", 0, 0)],
    Gdk.DragAction.COPY,
)
handle.connect("drag-data-get", give)
handle.connect("drag-end", lambda *_: say("ended"))

window = Gtk.Window(title="tallyport drag source")
window.set_default_size(120, 120)
window.add(handle)
window.connect("destroy", Gtk.main_quit)
window.show_all()
GLib.idle_add(say, "ready")
Gtk.main()
