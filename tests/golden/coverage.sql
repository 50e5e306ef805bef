-- The coverage of the needs (design, « Coverage ») in plain SQLite, written from
-- the formulas alone: it shares nothing with the product and serves to check it.
--
-- In: the tables territoires, communes, thematiques, variables and dispositifs as
-- the sheets have them (all columns are text), besoins_long (epci, variable,
-- figure), and parametre (cle, valeur) with `date` (AAAA-MM-JJ), `code` and `nom`
-- of the territory, `s1` and `s2`. Dates are AAAA-MM-JJ.
-- Out: the table couverture, and feuille, which has all that the sheet Couverture
-- shows. `s`: secret; `nd`: not known.

-- ---- Texts: two writings of one name have one key.

CREATE TEMP TABLE letters AS
WITH pairs(list) AS (VALUES ('àa âa äa ÀA ÂA ÄA çc ÇC ée èe êe ëe ÉE ÈE ÊE ËE îi ïi ÎI ÏI ôo öo ÔO ÖO ùu ûu üu ÙU ÛU ÜU ÿy œ+ Œ+ -_ ''_ ’_ ._ (_ )_ ,_ /_ «_ »_ :_')),
split(n, pair, rest) AS (
  SELECT 0, '', list || ' ' FROM pairs
  UNION ALL
  SELECT n + 1, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM split WHERE rest <> '')
SELECT n, substr(pair, 1, 1) AS old,
       CASE substr(pair, 2) WHEN '_' THEN '' WHEN '+' THEN 'oe' ELSE lower(substr(pair, 2)) END AS new
FROM split WHERE n > 0
UNION ALL SELECT 1000, ' ', '' UNION ALL SELECT 1001, char(160), '' UNION ALL SELECT 1002, char(8239), '';

CREATE TEMP TABLE alphabet AS SELECT row_number() OVER (ORDER BY n) AS n, old, new FROM letters;

-- ---- Dispositifs that are active, of a thématique that is retained.

CREATE TEMP TABLE t AS
SELECT min(rowid) AS rank, trim("code") AS code, trim("besoin") AS need,
       CASE WHEN trim("seuil partiel") = '' THEN (SELECT valeur + 0.0 FROM parametre WHERE cle = 's1')
            ELSE replace("seuil partiel", ',', '.') + 0.0 END AS s1,
       CASE WHEN trim("seuil couvert") = '' THEN (SELECT valeur + 0.0 FROM parametre WHERE cle = 's2')
            ELSE replace("seuil couvert", ',', '.') + 0.0 END AS s2
FROM thematiques WHERE trim("retenue") = 'oui' GROUP BY trim("code");

CREATE TEMP TABLE d AS
SELECT dispositifs.rowid AS n, t.code AS t, "territoire couvert" AS zone, "répartition" AS split_text,
       replace(replace(replace(replace(trim("capacité"), ' ', ''), char(160), ''), char(8239), ''), ',', '.') AS text
FROM dispositifs JOIN t ON lower(trim("thématique")) = lower(t.code), parametre AS p
WHERE p.cle = 'date' AND trim("id") <> ''
  AND (trim("date de début") = '' OR trim("date de début") <= p.valeur)
  AND (trim("date de fin") = '' OR p.valeur <= trim("date de fin"));

CREATE TEMP TABLE k AS -- known capacities
SELECT n, text + 0.0 AS k FROM d WHERE text <> '' AND text NOT GLOB '*[^0-9.]*';

-- ---- Lists, split by recursion.

CREATE TEMP TABLE elements AS
WITH RECURSIVE split(n, what, part, rest) AS (
  SELECT n, 'zone', '', replace(replace(zone, char(13), ''), char(10), ';') || ';' FROM d
  UNION ALL
  SELECT n, 'weight', '', replace(replace(split_text, char(13), ''), char(10), ';') || ';' FROM d
  UNION ALL
  SELECT n, what, trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1)
  FROM split WHERE rest <> '')
SELECT n, what, part,
       trim(CASE WHEN what = 'weight' AND instr(part, '=') > 0 THEN substr(part, 1, instr(part, '=') - 1) ELSE part END) AS name,
       trim(CASE WHEN what = 'weight' AND instr(part, '=') > 0
                 THEN replace(replace(substr(part, instr(part, '=') + 1), ' ', ''), ',', '.') ELSE '' END) AS weight
FROM split WHERE part <> '';

CREATE TEMP TABLE texts AS
SELECT name AS text FROM elements UNION SELECT "code EPCI" FROM territoires UNION SELECT "nom" FROM territoires
UNION SELECT "code INSEE" FROM communes UNION SELECT "nom" FROM communes
UNION SELECT "code EPCI" FROM communes UNION SELECT valeur FROM parametre;

CREATE TEMP TABLE keys AS
WITH RECURSIVE folded(text, key, n) AS (
  SELECT text, lower(text), 0 FROM texts
  UNION ALL
  SELECT text, replace(key, old, new), alphabet.n FROM folded JOIN alphabet ON alphabet.n = folded.n + 1)
SELECT text, key FROM folded WHERE n = (SELECT max(n) FROM alphabet);
CREATE INDEX temp.keys_text ON keys(text);

-- ---- The territory. A name that several share says nothing.

CREATE TEMP TABLE e AS
SELECT row_number() OVER (ORDER BY rowid) AS rank, trim("code EPCI") AS code, "nom" AS name,
       "population" + 0.0 AS stated, trim("retenu") <> 'non' AS retained FROM territoires;

CREATE TEMP TABLE c AS
SELECT trim(communes."code INSEE") AS code, communes."nom" AS name, trim(communes."code EPCI") AS epci,
       communes."population" + 0.0 AS population FROM communes;

-- An EPCI without population has that of its communes; a commune without one is
-- an average commune.
CREATE TEMP TABLE pop AS
SELECT e.code AS epci, count(c.code) AS communes,
       CASE WHEN stated > 0 THEN stated
            WHEN sum(c.population > 0) > 0 THEN sum(c.population) * count(c.code) / sum(c.population > 0)
            ELSE 0 END AS population
FROM e LEFT JOIN c ON c.epci = e.code GROUP BY e.code;

CREATE TEMP TABLE names AS
WITH named(key, kind, code) AS (
  SELECT key, 'epci', code FROM e JOIN keys ON text IN (code, name)
  UNION
  SELECT key, 'commune', code FROM c JOIN keys ON text IN (code, name))
SELECT key, min(kind) AS kind, min(code) AS code FROM named WHERE key <> '' GROUP BY key HAVING count(*) = 1;
CREATE UNIQUE INDEX temp.names_key ON names(key);

CREATE TEMP TABLE whole AS
SELECT 'departement' AS key UNION SELECT 'ledepartement' UNION SELECT 'toutledepartement'
UNION SELECT 'departemententier' UNION SELECT 'ensembledudepartement' UNION SELECT 'territoire'
UNION SELECT 'toutleterritoire' UNION SELECT 'ensembleduterritoire'
UNION SELECT key FROM parametre JOIN keys ON text = valeur WHERE cle IN ('code', 'nom') AND key <> '';

-- ---- p(d,e): the share of the population of e that d covers.

CREATE TEMP TABLE z AS
WITH named AS (
  SELECT DISTINCT elements.n, keys.key FROM elements JOIN keys ON keys.text = elements.name WHERE what = 'zone'),
shares AS (
  SELECT n, e.code AS epci, 1.0 AS p FROM named JOIN whole USING (key), e WHERE retained
  UNION ALL
  SELECT n, code, 1.0 FROM named JOIN names USING (key) WHERE kind = 'epci'
  UNION ALL
  SELECT n, epci, sum(part) FROM (
    SELECT DISTINCT n, c.epci, c.code,
           CASE WHEN c.population > 0 AND pop.population > 0 THEN c.population / pop.population
                ELSE 1.0 / pop.communes END AS part
    FROM named JOIN names ON names.key = named.key AND kind = 'commune' AND named.key NOT IN (SELECT key FROM whole)
    JOIN c ON c.code = names.code JOIN pop ON pop.epci = c.epci)
  GROUP BY n, epci)
SELECT n, epci, min(1.0, max(p)) AS p FROM shares JOIN e ON e.code = shares.epci
WHERE retained GROUP BY n, epci;

-- ---- N(e,t). State: k known, s secret, u unknown.

CREATE TEMP TABLE figures AS
WITH raw AS (
  SELECT trim(epci) AS epci, trim(variable) AS variable, trim(figure) AS figure,
         replace(replace(replace(replace(trim(figure), ' ', ''), char(160), ''), char(8239), ''), ',', '.') AS number
  FROM besoins_long)
SELECT epci, variable,
       CASE WHEN lower(figure) = 's' THEN 's'
            WHEN number <> '' AND number NOT GLOB '*[^0-9.]*' THEN 'k' ELSE 'u' END AS state, number + 0.0 AS figure
FROM raw;
CREATE INDEX temp.figures_key ON figures(epci, variable);

CREATE TEMP TABLE need AS
WITH inputs AS (
  SELECT e.code AS epci, t.code AS t, coalesce(trim(v."nature"), 'effectif') AS nature,
         coalesce(trim(v."base"), '') <> '' AND coalesce(trim(w."nature"), 'effectif') = 'effectif' AS has_base,
         coalesce(a.state, 'u') AS state, a.figure AS figure, coalesce(b.state, 'u') AS base_state, b.figure AS base
  FROM e JOIN t
  LEFT JOIN variables v ON trim(v."code") = t.need
  LEFT JOIN variables w ON trim(w."code") = trim(v."base")
  LEFT JOIN figures a ON a.epci = e.code AND a.variable = t.need
  LEFT JOIN figures b ON b.epci = e.code AND b.variable = trim(v."base")
  WHERE e.retained)
SELECT epci, t,
       CASE WHEN nature = 'effectif' THEN state
            WHEN nature <> 'taux' OR NOT has_base THEN 'u'
            WHEN 's' IN (state, base_state) THEN 's'
            WHEN 'u' IN (state, base_state) THEN 'u'
            ELSE 'k' END AS state,
       CASE nature WHEN 'taux' THEN figure * base / 100.0 ELSE figure END AS n
FROM inputs;

-- ---- w(d,e): répartition, else N·p, else population·p, else p.

CREATE TEMP TABLE stated AS
WITH weights AS (
  SELECT n, name, weight, instr(part, '=') > 0 AND weight <> '' AND weight NOT GLOB '*[^0-9.]*' AND weight + 0.0 > 0 AS good
  FROM elements WHERE what = 'weight')
SELECT weights.n, z.epci, sum(weight + 0.0) AS w
FROM weights JOIN keys ON keys.text = weights.name JOIN names ON names.key = keys.key AND kind = 'epci'
JOIN z ON z.n = weights.n AND z.epci = names.code
WHERE weights.n NOT IN (SELECT n FROM weights WHERE NOT good)
GROUP BY weights.n, z.epci;

CREATE TEMP TABLE allocated AS
WITH weights AS (
  SELECT z.n, z.epci, d.t, z.p, coalesce(stated.w, 0.0) AS by_statement,
         CASE WHEN need.state = 'k' THEN need.n * z.p END AS by_need,
         CASE WHEN pop.population > 0 THEN pop.population * z.p END AS by_population
  FROM z JOIN d USING (n) JOIN pop ON pop.epci = z.epci JOIN need ON need.epci = z.epci AND need.t = d.t
  LEFT JOIN stated ON stated.n = z.n AND stated.epci = z.epci),
sums AS (
  SELECT n, sum(by_statement) AS statement,
         CASE WHEN count(by_need) = count(*) THEN sum(by_need) ELSE 0 END AS need,
         CASE WHEN count(by_population) = count(*) THEN sum(by_population) ELSE 0 END AS population, sum(p) AS p
  FROM weights GROUP BY n)
SELECT weights.n, weights.epci, weights.t, weights.p,
       k.k * CASE WHEN sums.statement > 0 THEN by_statement / sums.statement
                  WHEN sums.need > 0 THEN by_need / sums.need
                  WHEN sums.population > 0 THEN by_population / sums.population
                  ELSE weights.p / sums.p END AS capacity
FROM weights JOIN sums USING (n) LEFT JOIN k USING (n);

-- ---- The table. A status is given to nine digits: 80 % is 80 %.

CREATE TEMP TABLE cells AS
WITH sums AS (
  SELECT e.rank AS e_rank, t.rank AS t_rank, e.code AS epci, e.name, t.code AS t, need.state, need.n AS need, s1, s2,
         count(a.n) AS dispositifs, count(a.capacity) AS known, coalesce(sum(a.capacity), 0.0) AS capacity,
         coalesce(max(a.p), 0.0) AS served
  FROM e JOIN t JOIN need ON need.epci = e.code AND need.t = t.code
  LEFT JOIN allocated a ON a.epci = e.code AND a.t = t.code
  WHERE e.retained GROUP BY e.code, t.code),
rates AS (
  SELECT *, dispositifs = 0 OR known > 0 AS has_capacity,
         CASE WHEN state = 'k' AND need > 0 AND (dispositifs = 0 OR known > 0) THEN capacity / need END AS rate FROM sums)
SELECT *,
       CASE WHEN state = 'k' AND need = 0 THEN 'sans objet'
            WHEN dispositifs = 0 THEN 'non couvert'
            WHEN known = 0 THEN 'à préciser'
            WHEN state <> 'k' THEN 'non évaluable'
            WHEN rate + 1e-9 < s1 THEN 'peu couvert'
            WHEN rate + 1e-9 < s2 THEN 'partiellement couvert'
            ELSE 'couvert' END AS status,
       CASE WHEN state = 'k' AND need = 0 THEN 0.0
            WHEN state <> 'k' OR NOT has_capacity THEN NULL
            WHEN capacity >= need * (1 - 1e-9) THEN 0.0 ELSE need - capacity END AS gap
FROM rates;

CREATE TABLE couverture AS
SELECT t_rank, e_rank, epci AS "code EPCI", t AS "thématique",
       CASE state WHEN 'k' THEN printf('%.12g', need) WHEN 's' THEN 's' ELSE 'nd' END AS "besoin",
       CASE WHEN has_capacity THEN printf('%.12g', capacity) ELSE 'nd' END AS "capacité",
       CASE WHEN state = 's' THEN 's' WHEN rate IS NULL THEN 'nd' ELSE printf('%.12g', rate) END AS "taux",
       status AS "statut",
       CASE WHEN state = 's' THEN 's' WHEN gap IS NULL THEN 'nd' ELSE printf('%.12g', gap) END AS "écart"
FROM cells ORDER BY t_rank, e_rank;

-- ---- The sheet Couverture: the same with the priorities, what is left out, and
-- the line of the whole territory under each thématique.

CREATE TEMP TABLE ranks AS
SELECT epci, t,
       row_number() OVER (PARTITION BY t ORDER BY gap IS NULL, round(gap * 1e6) DESC,
                          gap / nullif(pop.population, 0) DESC, epci) AS priority
FROM cells JOIN pop USING (epci) WHERE status NOT IN ('couvert', 'sans objet');

-- Of the EPCI whose need is known; a surplus here does not hide a lack there.
CREATE TEMP TABLE ensemble AS
SELECT t_rank, t, s1, s2, sum(state <> 'k') AS left_out, sum(state = 'k') AS counted,
       sum(CASE WHEN state = 'k' THEN need END) AS need,
       sum(CASE WHEN state = 'k' AND has_capacity THEN capacity END) AS capacity,
       sum(CASE WHEN state = 'k' AND has_capacity THEN min(capacity, need) END) AS covered,
       sum(status = 'à préciser' AND state = 'k') AS without_capacity
FROM cells GROUP BY t;

CREATE TEMP TABLE thresholds AS
SELECT code AS t,
       replace(rtrim(rtrim(printf('%.1f', s1 * 100), '0'), '.'), '.', ',') || ' % / ' ||
       replace(rtrim(rtrim(printf('%.1f', s2 * 100), '0'), '.'), '.', ',') || ' %' AS text
FROM t;

CREATE TABLE feuille AS
SELECT cells.t_rank, cells.e_rank, couverture."code EPCI", cells.name AS "nom", couverture."thématique",
       "intitulé court", couverture."besoin", couverture."capacité", couverture."taux", couverture."statut", "écart",
       cells.dispositifs AS "nombre de dispositifs", printf('%.12g', served) AS "part de la population desservie",
       coalesce(priority, '') AS "rang de priorité", '' AS "taux simple", thresholds.text AS "seuils",
       CASE WHEN NOT has_capacity OR known = cells.dispositifs THEN ''
            WHEN cells.dispositifs - known = 1 THEN '1 dispositif sans capacité connue'
            ELSE cells.dispositifs - known || ' dispositifs sans capacité connue' END AS "remarque"
FROM cells JOIN couverture USING (t_rank, e_rank) JOIN thresholds USING (t)
JOIN thematiques ON thematiques.rowid = cells.t_rank
LEFT JOIN ranks ON ranks.epci = cells.epci AND ranks.t = cells.t
UNION ALL
SELECT t_rank, 1e9, 'ensemble', 'Ensemble du territoire', t, "intitulé court",
       CASE WHEN counted > 0 THEN printf('%.12g', need) ELSE 'nd' END, CASE WHEN capacity IS NOT NULL THEN printf('%.12g', capacity) ELSE 'nd' END,
       CASE WHEN need > 0 AND capacity IS NOT NULL THEN printf('%.12g', covered / need) ELSE 'nd' END, '',
       CASE WHEN capacity IS NOT NULL THEN printf('%.12g', max(0.0, need - covered)) ELSE 'nd' END, '', '', '',
       CASE WHEN need > 0 AND capacity IS NOT NULL THEN printf('%.12g', capacity / need) ELSE 'nd' END, thresholds.text,
       CASE WHEN left_out > 0 THEN left_out || ' EPCI sans besoin connu, laissés de côté' ELSE '' END ||
       CASE WHEN left_out > 0 AND without_capacity > 0 THEN ' ; ' ELSE '' END ||
       CASE WHEN without_capacity > 0 THEN without_capacity || ' EPCI sans capacité connue : taux plancher' ELSE '' END
FROM ensemble JOIN thresholds USING (t) JOIN thematiques ON thematiques.rowid = ensemble.t_rank;
