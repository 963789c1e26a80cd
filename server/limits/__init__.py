"""How much anybody may ask of the service in a while."""
