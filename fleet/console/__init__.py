"""The console: where administrators see their terminals live, and what the catalogue holds.

`rows` puts what the store says of terminals into words, `contents` counts a published catalogue;
`app` and `catalogue_pages` serve them, `rendering` and the templates in `page` draw them. Nothing
is fetched from anywhere else, and nothing can be changed here.
"""
