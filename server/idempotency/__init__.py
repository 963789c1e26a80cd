"""The same creating request sent twice creates once."""
