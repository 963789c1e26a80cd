"""The images and `compose.yaml`, built and run without a container engine."""
