"""Three engines with one meaning.

durable-rules is used online, closures are the fallback, and the interpreter is the test oracle.
"""
