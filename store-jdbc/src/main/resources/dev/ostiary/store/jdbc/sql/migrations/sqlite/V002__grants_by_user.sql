-- A user's grants are listed page by page, by subject or by login.
CREATE INDEX grants_by_subject ON grants (subject, expires_at) WHERE ended_at IS NULL;
CREATE INDEX grants_by_user_name ON grants (user_name, expires_at) WHERE ended_at IS NULL;
