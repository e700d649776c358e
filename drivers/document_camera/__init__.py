"""Document cameras: a page on the desk is found, straightened, judged, and put into a PDF.

Reading `port` and `camera` loads no picture library; that happens on the camera's own thread.
"""
