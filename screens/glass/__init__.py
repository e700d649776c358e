"""All that knows Kivy. Import after `screens.environment.prepare`."""
