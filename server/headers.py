"""What every answer tells the browser about itself."""
