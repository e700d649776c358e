"""The audit: rules of accessibility, each measured on drawn pages, by requirement and figure."""
