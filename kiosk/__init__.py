"""What a terminal knows and decides. No Kivy and no MQTT below this room."""
