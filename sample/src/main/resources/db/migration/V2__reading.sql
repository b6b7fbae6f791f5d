-- Readings begun: a document that ends the service is not read again at every start.
ALTER TABLE documents ADD COLUMN attempts integer NOT NULL DEFAULT 0;

-- Whether what was kept of its source was made stale after it became searchable.
ALTER TABLE documents ADD COLUMN announced boolean NOT NULL DEFAULT true;
CREATE INDEX documents_unannounced ON documents (source) WHERE NOT announced;
