"""A guide of the provincial portal (湖南政务服务网) becomes a draft life event.

`guide` reads the file, `draft` says what it means for the catalogue, `importing` writes it. What
the guide does not say is left out; what it says in two ways stands as a doubt in the file's head.
"""
