-- A hundred thousand results of a thousand owners, one made every second of 2026.

-- Whether every row has what it refers to need not be looked up.
SET LOCAL session_replication_role = replica;

-- UUIDv7 by the time of making, and by the sort of row: RFC 9562, section 5.7.
CREATE FUNCTION pg_temp.id_of(n bigint, sort text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT CAST(
        lpad(to_hex(1767225600000 + n * 1000), 12, '0') || '7' || lpad(to_hex(n & 4095), 3, '0') || '8'
        || lpad(sort, 15, '0') AS uuid)
$$;

INSERT INTO users (id, kind, role)
SELECT pg_temp.id_of(n, '1'), 'person', 'none' FROM generate_series(0, 999) AS n;

INSERT INTO media (
    id, created_at, owner_id, kind, status, title, language, content_type, source_bucket, source_key, size, etag,
    progress, heard_ms, duration_ms, origin, tags, engine, heard_language, confidence, flags, search_version
)
SELECT
    pg_temp.id_of(n, '2'),
    to_timestamp(1767225600 + n),
    pg_temp.id_of(n % 1000, '1'),
    CASE WHEN n % 100 = 7 THEN 'video' WHEN n % 1000 = 8 THEN 'image' ELSE 'audio' END,
    CASE
        WHEN n % 50 = 3 THEN 'failed' WHEN n % 5000 = 4 THEN 'transcribing' WHEN n % 500 = 5 THEN 'gone'
        ELSE 'completed'
    END,
    'Recording ' || n % 7919,
    'en', 'audio/wav', 'raw', 'key ' || n, 1, 'e', 1, 1,
    CASE WHEN n % 1000 <> 8 THEN n % 3600 * 1000 END,
    CASE WHEN n % 200 = 1 THEN 'recital' ELSE 'upload' END,
    CASE WHEN n % 100 = 9 THEN ARRAY['tag ' || n % 70] ELSE '{}' END,
    CASE WHEN n % 300 = 2 THEN 'aws' ELSE 'whisper' END,
    CASE WHEN n % 400 = 6 THEN 'he' ELSE 'en' END,
    CASE WHEN n % 1000 <> 8 THEN n % 97 / 97.0 END,
    CASE WHEN n % 250 = 1 THEN ARRAY['low_confidence'] ELSE '{}' END,
    1
FROM generate_series(0, 99999) AS n;

INSERT INTO transcripts (id, media_id, engine, model, language, text, finished_at)
SELECT pg_temp.id_of(n, '3'), pg_temp.id_of(n, '2'), 'whisper', 'tiny', 'en', 'Something was said about ' || n, now()
FROM generate_series(0, 99999) AS n;

INSERT INTO transcript_segments (transcript_id, index, start_ms, end_ms, text, words)
SELECT pg_temp.id_of(n, '3'), 0, 0, 5000, 'Something was said about ' || n, '[]' FROM generate_series(0, 99999) AS n;

-- Three of five have the word "common", one of twenty "often", one of a thousand "seldom".
INSERT INTO search_texts (media_id, part, owner_id, transcript_id, first_segment, starts, vector)
SELECT
    pg_temp.id_of(n, '2'), 0, pg_temp.id_of(n % 1000, '1'), pg_temp.id_of(n, '3'), 0, '{0}',
    CAST(
        $$'recording':1A 'en/record':1A 'en/' $$
        || CASE WHEN n % 5 < 3 THEN $$'common':1001 'en/common':1001 $$ ELSE '' END
        || CASE WHEN n % 20 = 1 THEN $$'often':1002 'en/often':1002 $$ ELSE '' END
        || CASE WHEN n % 1000 = 17 THEN $$'seldom':1003 'en/seldom':1003 $$ ELSE '' END
        || 'w' || n % 5000 || ':1004 v' || n % 17 || ':1005,1007'
        AS tsvector
    )
FROM generate_series(0, 99999) AS n;

SET LOCAL session_replication_role = DEFAULT;
