CREATE TABLE documents (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source      text NOT NULL,
    title       text NOT NULL,
    media_type  text NOT NULL,
    size_bytes  bigint NOT NULL,
    state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'ready', 'failed')),
    problem     text,
    content     bytea,
    chunk_count integer NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX documents_by_source ON documents (source, id);
CREATE INDEX documents_unread ON documents (id) WHERE state <> 'ready';

CREATE TABLE chunks (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_id bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal     integer NOT NULL,
    text        text NOT NULL,
    lexemes     tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED,
    embedding   bytea NOT NULL,
    UNIQUE (document_id, ordinal)
);
CREATE INDEX chunks_by_lexeme ON chunks USING gin (lexemes);

CREATE TABLE questions (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source        text NOT NULL,
    text          text NOT NULL,
    folded        text NOT NULL,
    confidence    real NOT NULL,
    document_ids  bigint[] NOT NULL,
    from_cache    boolean NOT NULL,
    asked_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX questions_by_time ON questions (asked_at);

CREATE TABLE conversations (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title      text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX conversations_by_time ON conversations (created_at, id);

CREATE TABLE messages (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation_id bigint NOT NULL REFERENCES conversations ON DELETE CASCADE,
    role            text NOT NULL CHECK (role IN ('user', 'assistant')),
    text            text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX messages_by_time ON messages (conversation_id, created_at, id);

CREATE TABLE tokens (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    hash       bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);

CREATE TABLE syncs (
    source    text PRIMARY KEY,
    synced_at timestamptz NOT NULL
);

-- Trigrams find misspelt words. Without the extension the service works and finds only whole words.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX chunks_by_trigram ON chunks USING gin (text gin_trgm_ops);
    END IF;
END
$$;
