"""One scripted citizen through the real window, with simulated devices and the sandbox platform."""
