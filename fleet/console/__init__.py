"""The console: a page on which administrators see their terminals live.

`rows` puts what the store says into words, `app` serves it; the templates and the script in `page`
draw it. Nothing is fetched from anywhere else, and nothing can be changed here.
"""
