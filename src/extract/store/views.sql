-- The views of the dataset. Made anew whenever the database is opened by a newer version of the program.

CREATE VIEW observation_latest AS
SELECT
    o.*,
    r.published,
    r.title,
    r.url,
    coalesce((SELECT group_concat(geography, '; ') FROM
        (SELECT g.geography FROM observation_geographies g WHERE g.observation_id = o.observation_id ORDER BY 1)), '')
        AS geographies,
    coalesce((SELECT group_concat(platform, '; ') FROM
        (SELECT p.platform FROM observation_platforms p WHERE p.observation_id = o.observation_id ORDER BY 1)), '')
        AS platforms,
    coalesce((SELECT group_concat(flag, '; ') FROM
        (SELECT f.flag FROM observation_flags f WHERE f.observation_id = o.observation_id ORDER BY 1)), '')
        AS flags
FROM observations o
JOIN releases r USING (release_id);

CREATE VIEW force_year AS
SELECT
    f.geographies AS force,
    substr(f.period_start, 1, 4) || '/' || substr(f.period_end, 3, 2) AS year,
    f.offence,
    f.value,
    f.bound,
    f.sources,
    f.releases,
    f.statements,
    f.flags,
    f.revised,
    f.conflicting,
    f.observation_id,
    f.figure_id,
    f.comparability
FROM figures f
JOIN observations o USING (observation_id)
WHERE o.not_in_series IS NULL;

CREATE VIEW platform_share AS
SELECT
    f.geographies,
    f.period_start,
    f.period_end,
    f.offence,
    f.platforms,
    f.value AS percent,
    f.bound,
    f.measure,
    f.gender,
    f.age_min,
    f.age_max,
    f.sources,
    f.releases,
    f.revised,
    f.conflicting,
    f.observation_id,
    f.figure_id
FROM figures f
WHERE f.statistic = 'share' AND f.platforms <> '';

CREATE VIEW restatements AS
SELECT
    s.figure_id,
    s.role,
    o.release_id,
    r.published,
    o.value,
    o.bound,
    o.figure_text,
    o.sentence,
    s.observation_id
FROM figure_sources s
JOIN figures f USING (figure_id)
JOIN observations o ON o.observation_id = s.observation_id
JOIN releases r USING (release_id)
WHERE f.statements > 1 AND s.role IN ('taken', 'restated', 'rounded');

CREATE VIEW force_year_rate AS
SELECT
    f.force,
    f.year,
    f.offence,
    f.value,
    f.bound,
    p.children,
    round(10000.0 * f.value / p.children, 2) AS per_10000,
    p.year AS population_year,
    p.source AS population_source,
    f.figure_id
FROM force_year f
JOIN population p ON p.geography = f.force AND p.year = coalesce(
    (SELECT q.year FROM population q WHERE q.geography = f.force AND q.year = f.year),
    substr(f.year, 1, 4));
