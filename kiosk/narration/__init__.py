"""Pages read aloud: what a page, its targets and what is typed sound like, and when it is said.

Knows pages and phrases; sound is made by `kiosk/access/speech`. No Kivy, no device.
"""
