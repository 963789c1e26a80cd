"""Whether a deployment is whole: every connection and every permission of a process, tried before people do."""
