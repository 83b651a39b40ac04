-- A database as version 1 of the tables wrote it, without its code lists.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE "conflicts" (
    "figure_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "observation_id" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "bound" TEXT NOT NULL CHECK ("bound" IN ('=', '>', '<', '~')),
    "taken_id" TEXT NOT NULL,
    "taken_value" REAL NOT NULL,
    PRIMARY KEY ("figure_id", "observation_id"),
    FOREIGN KEY ("figure_id") REFERENCES "figures" ("figure_id") ON DELETE CASCADE,
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE,
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE,
    FOREIGN KEY ("taken_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
CREATE TABLE "corrections" (
    "observation_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "old" TEXT NOT NULL,
    "new" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "applied" INTEGER NOT NULL CHECK ("applied" IN (0, 1)),
    PRIMARY KEY ("observation_id", "field")
) STRICT;
CREATE TABLE "failures" (
    "source" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "mend" TEXT NOT NULL,
    "unexpected" INTEGER NOT NULL CHECK ("unexpected" IN (0, 1)),
    PRIMARY KEY ("source")
) STRICT;
CREATE TABLE "figure_sources" (
    "figure_id" TEXT NOT NULL,
    "observation_id" TEXT NOT NULL,
    "role" TEXT NOT NULL CHECK ("role" IN ('taken', 'restated', 'rounded', 'revised', 'conflicting')),
    PRIMARY KEY ("figure_id", "observation_id"),
    FOREIGN KEY ("figure_id") REFERENCES "figures" ("figure_id") ON DELETE CASCADE,
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "figure_sources" VALUES('2a66dac01a62f10de39a','271ed875554adc654cb2','taken');
INSERT INTO "figure_sources" VALUES('82cf1cddba1bcb16aab6','eea2d82c9f94407e86ba','taken');
INSERT INTO "figure_sources" VALUES('215511f5a0eaf52f9c4e','3a719f1898121fd8a684','revised');
INSERT INTO "figure_sources" VALUES('215511f5a0eaf52f9c4e','98ceb4788cc72f2cc393','revised');
INSERT INTO "figure_sources" VALUES('215511f5a0eaf52f9c4e','1ac84e7c86d002cccf6c','taken');
CREATE TABLE "figures" (
    "figure_id" TEXT NOT NULL,
    "geographies" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "offence" TEXT,
    "statistic" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "period_start" TEXT NOT NULL CHECK ("period_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "period_end" TEXT NOT NULL CHECK ("period_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "base_start" TEXT CHECK ("base_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "base_end" TEXT CHECK ("base_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "platforms" TEXT NOT NULL,
    "gender" TEXT,
    "age_min" INTEGER,
    "age_max" INTEGER,
    "months" INTEGER NOT NULL,
    "value" REAL NOT NULL,
    "bound" TEXT NOT NULL CHECK ("bound" IN ('=', '>', '<', '~')),
    "observation_id" TEXT NOT NULL,
    "sources" INTEGER NOT NULL,
    "releases" TEXT NOT NULL,
    "statements" INTEGER NOT NULL,
    "flags" TEXT NOT NULL,
    "revised" INTEGER NOT NULL CHECK ("revised" IN (0, 1)),
    "conflicting" INTEGER NOT NULL CHECK ("conflicting" IN (0, 1)),
    PRIMARY KEY ("figure_id"),
    FOREIGN KEY ("measure") REFERENCES "measures" ("measure"),
    FOREIGN KEY ("offence") REFERENCES "offences" ("offence"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "figures" VALUES('2a66dac01a62f10de39a','','contacts','sexual-communication-with-a-child','count','number','2018-04-01','2019-03-31',NULL,NULL,'',NULL,NULL,NULL,12,12.0,'=','271ed875554adc654cb2',1,'r1',1,'',0,0);
INSERT INTO "figures" VALUES('82cf1cddba1bcb16aab6','kent','instances','sexual-communication-with-a-child','share','percent','2018-04-01','2019-03-31',NULL,NULL,'snapchat',NULL,NULL,NULL,12,30.0,'=','eea2d82c9f94407e86ba',1,'r1',1,'',0,0);
INSERT INTO "figures" VALUES('215511f5a0eaf52f9c4e','kent','offences','sexual-communication-with-a-child','count','number','2018-04-01','2019-03-31',NULL,NULL,'',NULL,NULL,NULL,12,4010.0,'=','1ac84e7c86d002cccf6c',1,'r2',1,'',1,0);
CREATE TABLE "gaps" (
    "gap_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "geography" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('no answer', 'none recorded')),
    "offence" TEXT,
    "period_start" TEXT CHECK ("period_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "period_end" TEXT CHECK ("period_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "sentence" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    PRIMARY KEY ("gap_id"),
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE,
    FOREIGN KEY ("offence") REFERENCES "offences" ("offence")
) STRICT;
CREATE TABLE "geographies" (
    "geography" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('force', 'nation', 'region', 'area')),
    "ons_code" TEXT,
    "nation" TEXT,
    "region" TEXT,
    PRIMARY KEY ("geography")
) STRICT;
CREATE TABLE "inputs" (
    "source" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "modified" INTEGER NOT NULL,
    "sha256" TEXT,
    "facts" TEXT NOT NULL,
    "pipeline" TEXT NOT NULL,
    PRIMARY KEY ("source")
) STRICT;
CREATE TABLE "measures" (
    "measure" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("measure")
) STRICT;
CREATE TABLE "mention_platforms" (
    "mention_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    PRIMARY KEY ("mention_id", "platform"),
    FOREIGN KEY ("mention_id") REFERENCES "mentions" ("mention_id") ON DELETE CASCADE,
    FOREIGN KEY ("platform") REFERENCES "platforms" ("platform")
) STRICT;
INSERT INTO "mention_platforms" VALUES('4414f4cb124680c33f9c','snapchat');
CREATE TABLE "mentions" (
    "mention_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "label" TEXT NOT NULL CHECK ("label" IN ('FORCE', 'AREA', 'YEAR', 'COUNT', 'PERCENTAGE', 'PLATFORM')),
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "geography" TEXT,
    "number" REAL,
    "unit" TEXT CHECK ("unit" IN ('percent', 'multiple')),
    "period_start" TEXT CHECK ("period_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "period_end" TEXT CHECK ("period_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "rule" TEXT NOT NULL,
    PRIMARY KEY ("mention_id"),
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "mentions" VALUES('4414f4cb124680c33f9c','r1','PLATFORM',56,64,'Snapchat',NULL,NULL,NULL,NULL,NULL,'test');
INSERT INTO "mentions" VALUES('ba1f1659214cad32ec09','r1','COUNT',82,84,'12',NULL,12.0,NULL,NULL,NULL,'test');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "meta" VALUES('stale','0');
CREATE TABLE "observation_flags" (
    "observation_id" TEXT NOT NULL,
    "flag" TEXT NOT NULL CHECK ("flag" IN ('period_repaired', 'period_inferred', 'conflicting_geography', 'arithmetic_mismatch')),
    PRIMARY KEY ("observation_id", "flag"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "observation_flags" VALUES('98ceb4788cc72f2cc393','period_inferred');
CREATE TABLE "observation_geographies" (
    "observation_id" TEXT NOT NULL,
    "geography" TEXT NOT NULL,
    PRIMARY KEY ("observation_id", "geography"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "observation_geographies" VALUES('3a719f1898121fd8a684','kent');
INSERT INTO "observation_geographies" VALUES('98ceb4788cc72f2cc393','kent');
INSERT INTO "observation_geographies" VALUES('eea2d82c9f94407e86ba','kent');
INSERT INTO "observation_geographies" VALUES('1ac84e7c86d002cccf6c','kent');
CREATE TABLE "observation_notes" (
    "observation_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    PRIMARY KEY ("observation_id", "position"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "observation_notes" VALUES('98ceb4788cc72f2cc393',0,'a');
INSERT INTO "observation_notes" VALUES('98ceb4788cc72f2cc393',1,'b');
CREATE TABLE "observation_platforms" (
    "observation_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    PRIMARY KEY ("observation_id", "platform"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE,
    FOREIGN KEY ("platform") REFERENCES "platforms" ("platform")
) STRICT;
INSERT INTO "observation_platforms" VALUES('eea2d82c9f94407e86ba','snapchat');
CREATE TABLE "observation_rules" (
    "observation_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    PRIMARY KEY ("observation_id", "field"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "observation_rules" VALUES('98ceb4788cc72f2cc393','period','x');
CREATE TABLE "observations" (
    "observation_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "figure_text" TEXT NOT NULL,
    "statistic" TEXT NOT NULL CHECK ("statistic" IN ('count', 'share', 'change', 'ratio', 'rate')),
    "value" REAL NOT NULL,
    "unit" TEXT NOT NULL CHECK ("unit" IN ('number', 'percent', 'multiple', 'per_hour', 'per_day', 'per_week', 'per_month', 'per_year')),
    "bound" TEXT NOT NULL CHECK ("bound" IN ('=', '>', '<', '~')),
    "measure" TEXT NOT NULL,
    "offence" TEXT,
    "period_start" TEXT CHECK ("period_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "period_end" TEXT CHECK ("period_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "base_start" TEXT CHECK ("base_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "base_end" TEXT CHECK ("base_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "gender" TEXT CHECK ("gender" IN ('female', 'male')),
    "age_min" INTEGER,
    "age_max" INTEGER,
    "sentence" TEXT NOT NULL,
    "block" TEXT,
    "page" INTEGER,
    "element" TEXT,
    "margin" REAL NOT NULL,
    "not_in_series" TEXT CHECK ("not_in_series" IN ('statistic', 'measure', 'offence', 'no geography', 'joint geography', 'not a force', 'no period', 'not a police year', 'platform', 'gender', 'age')),
    PRIMARY KEY ("observation_id"),
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE,
    FOREIGN KEY ("measure") REFERENCES "measures" ("measure"),
    FOREIGN KEY ("offence") REFERENCES "offences" ("offence")
) STRICT;
INSERT INTO "observations" VALUES('3a719f1898121fd8a684','r1',7,12,0,'4,000','count',4000.0,'number','~','offences','sexual-communication-with-a-child','2018-04-01','2019-03-31',NULL,NULL,NULL,NULL,NULL,'Almost 4,000 offences by Kent Police. Exactly 3,936. On Snapchat 30%. Of contacts 12.','paragraph',2,'/html/body/p[1]',1.0,NULL);
INSERT INTO "observations" VALUES('98ceb4788cc72f2cc393','r1',46,51,0,'3,936','count',3936.0,'number','=','offences','sexual-communication-with-a-child','2018-04-01','2019-03-31',NULL,NULL,NULL,NULL,NULL,'Almost 4,000 offences by Kent Police. Exactly 3,936. On Snapchat 30%. Of contacts 12.','paragraph',2,'/html/body/p[1]',1.0,NULL);
INSERT INTO "observations" VALUES('eea2d82c9f94407e86ba','r1',65,67,0,'30','share',30.0,'percent','=','instances','sexual-communication-with-a-child','2018-04-01','2019-03-31',NULL,NULL,NULL,NULL,NULL,'Almost 4,000 offences by Kent Police. Exactly 3,936. On Snapchat 30%. Of contacts 12.','paragraph',2,'/html/body/p[1]',1.0,'statistic');
INSERT INTO "observations" VALUES('271ed875554adc654cb2','r1',82,84,0,'12','count',12.0,'number','=','contacts','sexual-communication-with-a-child','2018-04-01','2019-03-31',NULL,NULL,NULL,NULL,NULL,'Almost 4,000 offences by Kent Police. Exactly 3,936. On Snapchat 30%. Of contacts 12.','paragraph',2,'/html/body/p[1]',1.0,'measure');
INSERT INTO "observations" VALUES('1ac84e7c86d002cccf6c','r2',21,26,0,'4,010','count',4010.0,'number','=','offences','sexual-communication-with-a-child','2018-04-01','2019-03-31',NULL,NULL,NULL,NULL,NULL,'Kent Police recorded 4,010 offences.','paragraph',2,'/html/body/p[1]',1.0,NULL);
CREATE TABLE "offences" (
    "offence" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("offence")
) STRICT;
CREATE TABLE "platforms" (
    "platform" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT,
    PRIMARY KEY ("platform")
) STRICT;
CREATE TABLE "population" (
    "geography" TEXT NOT NULL,
    "year" TEXT NOT NULL,
    "children" REAL NOT NULL,
    "source" TEXT NOT NULL,
    PRIMARY KEY ("geography", "year")
) STRICT;
CREATE TABLE "readings" (
    "release_id" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "pipeline" TEXT NOT NULL,
    PRIMARY KEY ("release_id"),
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "readings" VALUES('r1','c00dbd3bd302d97c83aea29e4406af3ac1111a5f98e4fae271bbc9e7147db06b','1');
INSERT INTO "readings" VALUES('r2','cec876f9c0e4436100b82158feccb67094cf85675ef9fbbe0b84f693f0d19e66','1');
CREATE TABLE "releases" (
    "release_id" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "source" TEXT,
    "url" TEXT,
    "publisher" TEXT,
    "title" TEXT,
    "published" TEXT CHECK ("published" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "reader" TEXT NOT NULL,
    "characters" INTEGER NOT NULL,
    "unread" REAL,
    PRIMARY KEY ("release_id")
) STRICT;
INSERT INTO "releases" VALUES('r1','c00dbd3bd302d97c83aea29e4406af3ac1111a5f98e4fae271bbc9e7147db06b',NULL,NULL,NULL,'A title','2019-11-05','plain',85,NULL);
INSERT INTO "releases" VALUES('r2','cec876f9c0e4436100b82158feccb67094cf85675ef9fbbe0b84f693f0d19e66',NULL,NULL,NULL,'A title','2020-11-05','plain',36,NULL);
CREATE TABLE "revisions" (
    "figure_id" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "release_id" TEXT NOT NULL,
    "published" TEXT CHECK ("published" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "observation_id" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "bound" TEXT NOT NULL CHECK ("bound" IN ('=', '>', '<', '~')),
    "stands" INTEGER NOT NULL CHECK ("stands" IN (0, 1)),
    PRIMARY KEY ("figure_id", "rank"),
    FOREIGN KEY ("figure_id") REFERENCES "figures" ("figure_id") ON DELETE CASCADE,
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE,
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "revisions" VALUES('215511f5a0eaf52f9c4e',1,'r2','2020-11-05','1ac84e7c86d002cccf6c',4010.0,'=',1);
INSERT INTO "revisions" VALUES('215511f5a0eaf52f9c4e',2,'r1','2019-11-05','98ceb4788cc72f2cc393',3936.0,'=',0);
CREATE TABLE "runs" (
    "run_id" INTEGER NOT NULL,
    "started" TEXT NOT NULL,
    "finished" TEXT,
    "pipeline" TEXT NOT NULL,
    "inputs" INTEGER NOT NULL,
    "skipped" INTEGER NOT NULL,
    "done" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    PRIMARY KEY ("run_id")
) STRICT;
CREATE TABLE "superseded_mentions" (
    "mention_id" TEXT NOT NULL,
    "pipeline" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "geography" TEXT,
    "number" REAL,
    "unit" TEXT,
    "period_start" TEXT CHECK ("period_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "period_end" TEXT CHECK ("period_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "platforms" TEXT NOT NULL,
    PRIMARY KEY ("mention_id", "pipeline")
) STRICT;
CREATE TABLE "superseded_observations" (
    "observation_id" TEXT NOT NULL,
    "pipeline" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "statistic" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "unit" TEXT NOT NULL,
    "bound" TEXT NOT NULL CHECK ("bound" IN ('=', '>', '<', '~')),
    "measure" TEXT NOT NULL,
    "offence" TEXT,
    "geographies" TEXT NOT NULL,
    "period_start" TEXT CHECK ("period_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "period_end" TEXT CHECK ("period_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "base_start" TEXT CHECK ("base_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "base_end" TEXT CHECK ("base_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "platforms" TEXT NOT NULL,
    "gender" TEXT,
    "age_min" INTEGER,
    "age_max" INTEGER,
    "flags" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    PRIMARY KEY ("observation_id", "pipeline")
) STRICT;
CREATE TABLE "superseded_releases" (
    "release_id" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "pipeline" TEXT NOT NULL,
    "title" TEXT,
    "published" TEXT CHECK ("published" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "text" TEXT NOT NULL,
    PRIMARY KEY ("release_id", "text_hash", "pipeline")
) STRICT;
CREATE TABLE "texts" (
    "release_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    PRIMARY KEY ("release_id"),
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE
) STRICT;
INSERT INTO "texts" VALUES('r1','Almost 4,000 offences by Kent Police. Exactly 3,936. On Snapchat 30%. Of contacts 12.');
INSERT INTO "texts" VALUES('r2','Kent Police recorded 4,010 offences.');
CREATE INDEX "mentions_by_release_id_span_start" ON "mentions" ("release_id", "span_start");
CREATE INDEX "mention_platforms_by_platform" ON "mention_platforms" ("platform");
CREATE INDEX "observations_by_release_id_span_start" ON "observations" ("release_id", "span_start");
CREATE INDEX "observations_by_measure_offence_period_start" ON "observations" ("measure", "offence", "period_start");
CREATE INDEX "observation_geographies_by_geography" ON "observation_geographies" ("geography");
CREATE INDEX "observation_platforms_by_platform" ON "observation_platforms" ("platform");
CREATE INDEX "observation_flags_by_flag" ON "observation_flags" ("flag");
CREATE INDEX "figures_by_observation_id" ON "figures" ("observation_id");
CREATE INDEX "figures_by_measure_offence_period_start" ON "figures" ("measure", "offence", "period_start");
CREATE INDEX "figure_sources_by_observation_id" ON "figure_sources" ("observation_id");
CREATE INDEX "revisions_by_observation_id" ON "revisions" ("observation_id");
CREATE INDEX "revisions_by_release_id" ON "revisions" ("release_id");
CREATE INDEX "conflicts_by_observation_id" ON "conflicts" ("observation_id");
CREATE INDEX "conflicts_by_taken_id" ON "conflicts" ("taken_id");
CREATE INDEX "conflicts_by_release_id" ON "conflicts" ("release_id");
CREATE INDEX "superseded_observations_by_release_id" ON "superseded_observations" ("release_id");
CREATE INDEX "superseded_mentions_by_release_id" ON "superseded_mentions" ("release_id");
CREATE INDEX "inputs_by_release_id" ON "inputs" ("release_id");
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
    f.figure_id
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
COMMIT;
PRAGMA user_version = 1;
