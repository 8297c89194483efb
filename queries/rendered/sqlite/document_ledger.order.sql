uri, sha256
