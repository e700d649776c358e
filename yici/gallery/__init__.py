"""Every component of the pages in its states: pictures to look at, and to hold changes against.

`config/gallery/` says what there is, one file a component (docs/gallery.md); `python -m
yici.gallery FOLDER` makes pictures and an `index.html` that shows them.
"""
