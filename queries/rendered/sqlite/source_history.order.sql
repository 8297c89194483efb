uri, scope, captured_at DESC, sha256
