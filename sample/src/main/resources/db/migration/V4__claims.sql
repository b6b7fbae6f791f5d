-- Until when a copy of the service that reads in its own threads has a document for itself. It renews that while it reads.
ALTER TABLE documents ADD COLUMN claimed_until timestamptz;
