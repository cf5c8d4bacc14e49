"""Takes a file, or all files of a folder, out of the page cache. usage: evict.py PATH"""
import os
import sys

path = sys.argv[1]
files = [os.path.join(path, name) for name in os.listdir(path)] if os.path.isdir(path) else [path]
for name in files:
    handle = os.open(name, os.O_RDONLY)
    os.fsync(handle)  # only clean pages can be let go
    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(handle)
