-- A database as commit 154ed95 left it: tests/folders.py's small guide, published, restored, moved apart and drafted.
-- What its readers got is noted as page|part digest.
-- live: |facts b34d00f53950
-- live: |en ff2ea623b046
-- live: |ms b3d199878b13
-- live: |ta 6d81394bc74d
-- live: |zh-hans 0052c9cfbbce
-- live: types|facts b3ad1b514cf6
-- live: types|en 13f6b1426760
-- live: types|ms 483a0cfceca7
-- live: types|ta ddb375eb2358
-- live: types|zh-hans cac4ba881038
-- live: types/outing|facts b3ad1b514cf6
-- live: types/outing|en ebb31e67830c
-- live: types/outing|ms 95a7fa125a9b
-- live: types/outing|ta 2d6c714dc72b
-- live: types/outing|zh-hans e3a178ea9928
-- live: types/threats|facts fe519e1a2f31
-- live: types/threats|en 5f265b675d40
-- live: types/threats|ms 866934144eeb
-- live: types/threats|ta c498dc403922
-- live: types/threats|zh-hans f88b5254a092
BEGIN TRANSACTION;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES(1,'!dH3GIJmWYU1Al167uZSWwbJtPDoB4Q6B89JJzx7W',NULL,0,'editor','','',0,1,'2026-11-29 06:46:01.676048','');
INSERT INTO "auth_user" VALUES(2,'!MtDucfom5uRU8t1r47ZcBzsRVptQ4NhVGv5HzZcg',NULL,0,'translator','','',0,1,'2026-11-29 06:46:01.678410','');
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0));
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL);
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL);
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL);
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-29 06:46:00.805023');
INSERT INTO "django_migrations" VALUES(2,'auth','0001_initial','2026-11-29 06:46:00.816176');
INSERT INTO "django_migrations" VALUES(3,'admin','0001_initial','2026-11-29 06:46:00.822850');
INSERT INTO "django_migrations" VALUES(4,'admin','0002_logentry_remove_auto_add','2026-11-29 06:46:00.830550');
INSERT INTO "django_migrations" VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-11-29 06:46:00.835693');
INSERT INTO "django_migrations" VALUES(6,'contenttypes','0002_remove_content_type_name','2026-11-29 06:46:00.850060');
INSERT INTO "django_migrations" VALUES(7,'auth','0002_alter_permission_name_max_length','2026-11-29 06:46:00.857320');
INSERT INTO "django_migrations" VALUES(8,'auth','0003_alter_user_email_max_length','2026-11-29 06:46:00.864323');
INSERT INTO "django_migrations" VALUES(9,'auth','0004_alter_user_username_opts','2026-11-29 06:46:00.869496');
INSERT INTO "django_migrations" VALUES(10,'auth','0005_alter_user_last_login_null','2026-11-29 06:46:00.876283');
INSERT INTO "django_migrations" VALUES(11,'auth','0006_require_contenttypes_0002','2026-11-29 06:46:00.876785');
INSERT INTO "django_migrations" VALUES(12,'auth','0007_alter_validators_add_error_messages','2026-11-29 06:46:00.881508');
INSERT INTO "django_migrations" VALUES(13,'auth','0008_alter_user_username_max_length','2026-11-29 06:46:00.888310');
INSERT INTO "django_migrations" VALUES(14,'auth','0009_alter_user_last_name_max_length','2026-11-29 06:46:00.896987');
INSERT INTO "django_migrations" VALUES(15,'auth','0010_alter_group_name_max_length','2026-11-29 06:46:00.903628');
INSERT INTO "django_migrations" VALUES(16,'auth','0011_update_proxy_permissions','2026-11-29 06:46:00.908432');
INSERT INTO "django_migrations" VALUES(17,'auth','0012_alter_user_first_name_max_length','2026-11-29 06:46:00.914861');
INSERT INTO "django_migrations" VALUES(18,'axes','0001_initial','2026-11-29 06:46:00.917567');
INSERT INTO "django_migrations" VALUES(19,'axes','0002_auto_20151217_2044','2026-11-29 06:46:00.943571');
INSERT INTO "django_migrations" VALUES(20,'axes','0003_auto_20160322_0929','2026-11-29 06:46:00.952004');
INSERT INTO "django_migrations" VALUES(21,'axes','0004_auto_20181024_1538','2026-11-29 06:46:00.959582');
INSERT INTO "django_migrations" VALUES(22,'axes','0005_remove_accessattempt_trusted','2026-11-29 06:46:00.963310');
INSERT INTO "django_migrations" VALUES(23,'axes','0006_remove_accesslog_trusted','2026-11-29 06:46:00.966874');
INSERT INTO "django_migrations" VALUES(24,'axes','0007_alter_accessattempt_unique_together','2026-11-29 06:46:00.976513');
INSERT INTO "django_migrations" VALUES(25,'axes','0008_accessfailurelog','2026-11-29 06:46:00.978705');
INSERT INTO "django_migrations" VALUES(26,'axes','0009_add_session_hash','2026-11-29 06:46:00.982065');
INSERT INTO "django_migrations" VALUES(27,'axes','0010_accessattemptexpiration','2026-11-29 06:46:00.984057');
INSERT INTO "django_migrations" VALUES(28,'otp_static','0001_initial','2026-11-29 06:46:00.995582');
INSERT INTO "django_migrations" VALUES(29,'otp_static','0002_throttling','2026-11-29 06:46:01.009298');
INSERT INTO "django_migrations" VALUES(30,'otp_static','0003_add_timestamps','2026-11-29 06:46:01.023475');
INSERT INTO "django_migrations" VALUES(31,'otp_totp','0001_initial','2026-11-29 06:46:01.032793');
INSERT INTO "django_migrations" VALUES(32,'otp_totp','0002_auto_20190420_0723','2026-11-29 06:46:01.048214');
INSERT INTO "django_migrations" VALUES(33,'otp_totp','0003_add_timestamps','2026-11-29 06:46:01.062866');
INSERT INTO "django_migrations" VALUES(34,'sessions','0001_initial','2026-11-29 06:46:01.064656');
INSERT INTO "django_migrations" VALUES(35,'toolkit','0001_first','2026-11-29 06:46:01.236197');
INSERT INTO "django_migrations" VALUES(36,'toolkit','0002_staff','2026-11-29 06:46:01.418004');
INSERT INTO "django_migrations" VALUES(37,'toolkit','0003_roles','2026-11-29 06:46:01.452154');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "otp_static_staticdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE TABLE "otp_static_statictoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" varchar(16) NOT NULL, "device_id" integer NOT NULL REFERENCES "otp_static_staticdevice" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "otp_totp_totpdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "key" varchar(80) NOT NULL, "step" smallint unsigned NOT NULL CHECK ("step" >= 0), "t0" bigint NOT NULL, "digits" smallint unsigned NOT NULL CHECK ("digits" >= 0), "tolerance" smallint unsigned NOT NULL CHECK ("tolerance" >= 0), "drift" smallint NOT NULL, "last_t" bigint NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE TABLE "toolkit_auditentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "who" varchar(150) NOT NULL, "event" varchar(30) NOT NULL, "about" varchar(300) NOT NULL);
INSERT INTO "toolkit_auditentry" VALUES(1,'2026-11-29 06:46:01.709979','editor','published','/types/outing/ ms');
INSERT INTO "toolkit_auditentry" VALUES(2,'2026-11-29 06:46:01.721237','editor','restored','/types/outing/ ms');
INSERT INTO "toolkit_auditentry" VALUES(3,'2026-11-29 06:46:01.749532','editor','published','/types/outing/ ms');
INSERT INTO "toolkit_auditentry" VALUES(4,'2026-11-29 06:46:01.786686','translator','sent for review','/types/ ta');
INSERT INTO "toolkit_auditentry" VALUES(5,'2026-11-29 06:46:01.804754','editor','set aside','/types/threats/ zh-hans');
CREATE TABLE "toolkit_channel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "kind" varchar(12) NOT NULL, "value" varchar(300) NOT NULL, "display" varchar(100) NOT NULL, "hours" varchar(200) NOT NULL, "status" varchar(12) NOT NULL, "contact_id" bigint NOT NULL REFERENCES "toolkit_contact" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "toolkit_channel" VALUES(1,0,'tel','+60312345678','03-1234 5678','','confirmed',1);
CREATE TABLE "toolkit_contact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "slug" varchar(80) NOT NULL, "checked" date NOT NULL, "name" varchar(200) NOT NULL, "website" varchar(600) NOT NULL, "needs" text NOT NULL CHECK ((JSON_VALID("needs") OR "needs" IS NULL)), "serves" text NOT NULL CHECK ((JSON_VALID("serves") OR "serves" IS NULL)), "states" text NOT NULL CHECK ((JSON_VALID("states") OR "states" IS NULL)), "languages" text NOT NULL CHECK ((JSON_VALID("languages") OR "languages" IS NULL)), "types" text NOT NULL CHECK ((JSON_VALID("types") OR "types" IS NULL)), "hours" varchar(200) NOT NULL, "cost" varchar(20) NOT NULL, "asks_for_id" varchar(3) NOT NULL, "tells_police" varchar(3) NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "contact_once_on_a_page" UNIQUE ("page_id", "slug"));
INSERT INTO "toolkit_contact" VALUES(1,0,'line','2026-11-22','A Line','https://line.example.org','[]','[]','[]','[]','[]','24/7','','','','["paper"]',1);
CREATE TABLE "toolkit_contentversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint unsigned NOT NULL CHECK ("number" >= 0));
INSERT INTO "toolkit_contentversion" VALUES(1,24);
CREATE TABLE "toolkit_draft" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "part" varchar(8) NOT NULL, "state" varchar(10) NOT NULL, "base" varchar(12) NOT NULL, "follows" varchar(12) NOT NULL, "typed" text NOT NULL CHECK ((JSON_VALID("typed") OR "typed" IS NULL)), "text" text NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "remark" varchar(500) NOT NULL, "answers" varchar(12) NOT NULL, "created" datetime NOT NULL, "updated" datetime NOT NULL, "author_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NULL REFERENCES "toolkit_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "toolkit_draft" VALUES(1,'ms','published','c0bb8b499aac','ebb31e67830c','{"body": ["---\ntitle: ms types/outing\nsummary: Summary in ms.\ntranslated_from: ebb31e67830c\nreview: unreviewed\n---\nApa itu.\n\n## Do this first {#do-first}\n\n1. Breathe.\n\n{{ contact line }}\n"]}','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
Apa itu.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
',1,'','','2026-11-29 06:46:01.698546','2026-11-29 06:46:01.709410',1,2,21);
INSERT INTO "toolkit_draft" VALUES(2,'ms','published','c0bb8b499aac','ebb31e67830c','{"body": ["---\ntitle: ms types/outing\nsummary: Summary in ms.\ntranslated_from: ebb31e67830c\nreview: unreviewed\n---\nApa ini.\n\n## Do this first {#do-first}\n\n1. Breathe.\n\n{{ contact line }}\n"]}','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
Apa ini.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
',1,'','','2026-11-29 06:46:01.738377','2026-11-29 06:46:01.749136',1,2,23);
INSERT INTO "toolkit_draft" VALUES(3,'ta','review','ddb375eb2358','13f6b1426760','{"body": ["---\ntitle: ta types\nsummary: Summary in ta.\ntranslated_from: 13f6b1426760\nreview: unreviewed\n---\nTamil words.\n"]}','---
title: ta types
summary: Summary in ta.
translated_from: 13f6b1426760
review: unreviewed
---
Tamil words.
',1,'','','2026-11-29 06:46:01.785749','2026-11-29 06:46:01.786122',2,3,NULL);
INSERT INTO "toolkit_draft" VALUES(4,'zh-hans','set aside','f88b5254a092','965bde22efc6','{"body": ["---\ntitle: zh-hans types/threats\nsummary: Summary in zh-hans.\ntranslated_from: 965bde22efc6\nreview: unreviewed\n---\nLook at [outing](/types/outing/#do-first) or call {{ phone line }}.\n"]}','---
title: zh-hans types/threats
summary: Summary in zh-hans.
translated_from: 965bde22efc6
review: unreviewed
---
Look at [outing](/types/outing/#do-first) or call {{ phone line }}.
',1,'','','2026-11-29 06:46:01.803946','2026-11-29 06:46:01.804300',1,4,NULL);
CREATE TABLE "toolkit_figure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "slug" varchar(80) NOT NULL, "checked" date NOT NULL, "value" varchar(60) NOT NULL, "period" varchar(30) NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "figure_once_on_a_page" UNIQUE ("page_id", "slug"));
CREATE TABLE "toolkit_link" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" varchar(600) NOT NULL UNIQUE, "answer" varchar(100) NOT NULL, "is_broken" bool NOT NULL, "is_ignored" bool NOT NULL, "asked" datetime NULL, "broken_since" datetime NULL);
CREATE TABLE "toolkit_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(120) NOT NULL UNIQUE, "is_retired" bool NOT NULL, "position" integer unsigned NULL CHECK ("position" >= 0), "checked" date NULL, "aliases" text NOT NULL CHECK ((JSON_VALID("aliases") OR "aliases" IS NULL)), "help_lines" text NOT NULL CHECK ((JSON_VALID("help_lines") OR "help_lines" IS NULL)), "anchor_aliases" text NOT NULL CHECK ((JSON_VALID("anchor_aliases") OR "anchor_aliases" IS NULL)), "title" varchar(200) NOT NULL, "title_en" varchar(200) NULL, "title_ms" varchar(200) NULL, "title_ta" varchar(200) NULL, "title_zh_hans" varchar(200) NULL, "heading" varchar(200) NOT NULL, "heading_en" varchar(200) NULL, "heading_ms" varchar(200) NULL, "heading_ta" varchar(200) NULL, "heading_zh_hans" varchar(200) NULL, "summary" text NOT NULL, "summary_en" text NULL, "summary_ms" text NULL, "summary_ta" text NULL, "summary_zh_hans" text NULL, "keywords" text NOT NULL CHECK ((JSON_VALID("keywords") OR "keywords" IS NULL)), "keywords_en" text NULL CHECK ((JSON_VALID("keywords_en") OR "keywords_en" IS NULL)), "keywords_ms" text NULL CHECK ((JSON_VALID("keywords_ms") OR "keywords_ms" IS NULL)), "keywords_ta" text NULL CHECK ((JSON_VALID("keywords_ta") OR "keywords_ta" IS NULL)), "keywords_zh_hans" text NULL CHECK ((JSON_VALID("keywords_zh_hans") OR "keywords_zh_hans" IS NULL)), "translated_from" varchar(12) NOT NULL, "translated_from_en" varchar(12) NULL, "translated_from_ms" varchar(12) NULL, "translated_from_ta" varchar(12) NULL, "translated_from_zh_hans" varchar(12) NULL, "review" varchar(12) NOT NULL, "review_en" varchar(12) NULL, "review_ms" varchar(12) NULL, "review_ta" varchar(12) NULL, "review_zh_hans" varchar(12) NULL, "labels" text NOT NULL CHECK ((JSON_VALID("labels") OR "labels" IS NULL)), "labels_en" text NULL CHECK ((JSON_VALID("labels_en") OR "labels_en" IS NULL)), "labels_ms" text NULL CHECK ((JSON_VALID("labels_ms") OR "labels_ms" IS NULL)), "labels_ta" text NULL CHECK ((JSON_VALID("labels_ta") OR "labels_ta" IS NULL)), "labels_zh_hans" text NULL CHECK ((JSON_VALID("labels_zh_hans") OR "labels_zh_hans" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "notes_en" text NULL CHECK ((JSON_VALID("notes_en") OR "notes_en" IS NULL)), "notes_ms" text NULL CHECK ((JSON_VALID("notes_ms") OR "notes_ms" IS NULL)), "notes_ta" text NULL CHECK ((JSON_VALID("notes_ta") OR "notes_ta" IS NULL)), "notes_zh_hans" text NULL CHECK ((JSON_VALID("notes_zh_hans") OR "notes_zh_hans" IS NULL)), "body" text NOT NULL, "body_en" text NULL, "body_ms" text NULL, "body_ta" text NULL, "body_zh_hans" text NULL, "deputy_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "toolkit_page" VALUES(1,'',0,0,'2026-11-22','[]','["line"]','{}','','Page home','ms home','ta home','zh-hans home','','','','','','','A summary.','Summary in ms.','Summary in ta.','Summary in zh-hans.','[]','[]','[]','[]','[]','','','ff2ea623b046','ff2ea623b046','ff2ea623b046','','','unreviewed','unreviewed','unreviewed','{}','{"line": "The line"}','{"line": "The line"}','{"line": "The line"}','{"line": "The line"}','{}','{}','{}','{}','{}','','Words.
','Words.
','Words.
','Words.
',NULL,NULL);
INSERT INTO "toolkit_page" VALUES(2,'types/outing',0,1,'2026-11-22','[]','[]','{}','Page types/outing','Page types/outing','ms types/outing','ta types/outing','zh-hans types/outing','','','','','','A summary.','A summary.','Summary in ms.','Summary in ta.','Summary in zh-hans.','[]','[]','[]','[]','[]','','','ebb31e67830c','ebb31e67830c','ebb31e67830c','','','unreviewed','unreviewed','unreviewed','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','Apa ini.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
',2,1);
INSERT INTO "toolkit_page" VALUES(3,'types',0,1,'2026-11-22','[]','[]','{}','','Page types','ms types','ta types','zh-hans types','','','','','','','A summary.','Summary in ms.','Summary in ta.','Summary in zh-hans.','[]','[]','[]','[]','[]','','','13f6b1426760','13f6b1426760','13f6b1426760','','','unreviewed','unreviewed','unreviewed','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','','Find yours.
','Find yours.
','Find yours.
','Find yours.
',NULL,NULL);
INSERT INTO "toolkit_page" VALUES(4,'types/threats',0,2,'2026-11-22','[]','[]','{}','','Page types/threats','ms types/threats','ta types/threats','zh-hans types/threats','','Threats to share','','','','','A summary.','Summary in ms.','Summary in ta.','Summary in zh-hans.','[]','[]','[]','[]','[]','','','965bde22efc6','965bde22efc6','965bde22efc6','','','unreviewed','unreviewed','unreviewed','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','','See [outing](/types/outing/#do-first) or call {{ phone line }}.
','See [outing](/types/outing/#do-first) or call {{ phone line }}.
','See [outing](/types/outing/#do-first) or call {{ phone line }}.
','See [outing](/types/outing/#do-first) or call {{ phone line }}.
',NULL,NULL);
CREATE TABLE "toolkit_provision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "slug" varchar(80) NOT NULL, "checked" date NOT NULL, "act" varchar(200) NOT NULL, "act_ms" varchar(200) NOT NULL, "act_number" varchar(20) NOT NULL, "section" varchar(40) NOT NULL, "types" text NOT NULL CHECK ((JSON_VALID("types") OR "types" IS NULL)), "may_fit" text NOT NULL CHECK ((JSON_VALID("may_fit") OR "may_fit" IS NULL)), "age" varchar(10) NOT NULL, "status" varchar(20) NOT NULL, "in_force_from" date NULL, "acts_from" date NULL, "acts_until" date NULL, "forum" text NOT NULL CHECK ((JSON_VALID("forum") OR "forum" IS NULL)), "prison_years" integer unsigned NOT NULL CHECK ("prison_years" >= 0), "prison_months" integer unsigned NOT NULL CHECK ("prison_months" >= 0), "fine_rm" integer unsigned NOT NULL CHECK ("fine_rm" >= 0), "daily_fine_rm" integer unsigned NOT NULL CHECK ("daily_fine_rm" >= 0), "strokes_min" integer unsigned NOT NULL CHECK ("strokes_min" >= 0), "compensation_rm" integer unsigned NOT NULL CHECK ("compensation_rm" >= 0), "fine" bool NOT NULL, "whipping" bool NOT NULL, "combine" varchar(10) NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "provision_once_on_a_page" UNIQUE ("page_id", "slug"));
CREATE TABLE "toolkit_reportroute" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "slug" varchar(80) NOT NULL, "checked" date NOT NULL, "platform" varchar(200) NOT NULL, "url" varchar(600) NOT NULL, "menu" text NOT NULL CHECK ((JSON_VALID("menu") OR "menu" IS NULL)), "types" text NOT NULL CHECK ((JSON_VALID("types") OR "types" IS NULL)), "age" varchar(10) NOT NULL, "no_account_ok" varchar(7) NOT NULL, "reveals_reporter" varchar(7) NOT NULL, "alerts_reported_person" varchar(7) NOT NULL, "report_may_delete_evidence" varchar(7) NOT NULL, "online_safety_act" varchar(30) NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reportroute_once_on_a_page" UNIQUE ("page_id", "slug"));
CREATE TABLE "toolkit_revision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "part" varchar(8) NOT NULL, "digest" varchar(12) NOT NULL, "text" text NOT NULL, "origin" varchar(10) NOT NULL, "reason" varchar(300) NOT NULL, "created" datetime NOT NULL, "author_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, "note" varchar(300) NOT NULL, "was_live" bool NOT NULL);
INSERT INTO "toolkit_revision" VALUES(1,'facts','b34d00f53950','position = 0
checked = 2026-11-22
help_lines = [
    "line",
]

[[sources]]
id = "paper"
title = "A report"
publisher = "A newspaper"
url = "https://news.example.org/report"
checked = 2026-11-22

[[contacts]]
id = "line"
name = "A Line"
website = "https://line.example.org"
hours = "24/7"
sources = [
    "paper",
]
checked = 2026-11-22
channels = [
    { kind = "tel", value = "+60312345678", display = "03-1234 5678", status = "confirmed" },
]
','files','','2026-11-29 06:46:01.565181',NULL,1,'',1);
INSERT INTO "toolkit_revision" VALUES(2,'facts','b3ad1b514cf6','position = 1
checked = 2026-11-22
','files','','2026-11-29 06:46:01.573264',NULL,2,'',1);
INSERT INTO "toolkit_revision" VALUES(3,'facts','b3ad1b514cf6','position = 1
checked = 2026-11-22
','files','','2026-11-29 06:46:01.580376',NULL,3,'',1);
INSERT INTO "toolkit_revision" VALUES(4,'facts','fe519e1a2f31','position = 2
checked = 2026-11-22
','files','','2026-11-29 06:46:01.587383',NULL,4,'',1);
INSERT INTO "toolkit_revision" VALUES(5,'en','ff2ea623b046','---
title: Page home
summary: A summary.
label.line: The line
---
Words.
','files','','2026-11-29 06:46:01.592959',NULL,1,'',1);
INSERT INTO "toolkit_revision" VALUES(6,'ms','b3d199878b13','---
title: ms home
summary: Summary in ms.
translated_from: ff2ea623b046
review: unreviewed
label.line: The line
---
Words.
','files','','2026-11-29 06:46:01.597960',NULL,1,'',1);
INSERT INTO "toolkit_revision" VALUES(7,'ta','6d81394bc74d','---
title: ta home
summary: Summary in ta.
translated_from: ff2ea623b046
review: unreviewed
label.line: The line
---
Words.
','files','','2026-11-29 06:46:01.602898',NULL,1,'',1);
INSERT INTO "toolkit_revision" VALUES(8,'en','13f6b1426760','---
title: Page types
summary: A summary.
---
Find yours.
','files','','2026-11-29 06:46:01.607763',NULL,3,'',1);
INSERT INTO "toolkit_revision" VALUES(9,'ms','483a0cfceca7','---
title: ms types
summary: Summary in ms.
translated_from: 13f6b1426760
review: unreviewed
---
Find yours.
','files','','2026-11-29 06:46:01.612495',NULL,3,'',1);
INSERT INTO "toolkit_revision" VALUES(10,'en','ebb31e67830c','---
title: Page types/outing
summary: A summary.
---
What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','files','','2026-11-29 06:46:01.617137',NULL,2,'',1);
INSERT INTO "toolkit_revision" VALUES(11,'ms','c0bb8b499aac','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','files','','2026-11-29 06:46:01.623100',NULL,2,'',1);
INSERT INTO "toolkit_revision" VALUES(12,'ta','2d6c714dc72b','---
title: ta types/outing
summary: Summary in ta.
translated_from: ebb31e67830c
review: unreviewed
---
What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','files','','2026-11-29 06:46:01.629223',NULL,2,'',1);
INSERT INTO "toolkit_revision" VALUES(13,'zh-hans','e3a178ea9928','---
title: zh-hans types/outing
summary: Summary in zh-hans.
translated_from: ebb31e67830c
review: unreviewed
---
What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','files','','2026-11-29 06:46:01.634279',NULL,2,'',1);
INSERT INTO "toolkit_revision" VALUES(14,'ta','ddb375eb2358','---
title: ta types
summary: Summary in ta.
translated_from: 13f6b1426760
review: unreviewed
---
Find yours.
','files','','2026-11-29 06:46:01.639113',NULL,3,'',1);
INSERT INTO "toolkit_revision" VALUES(15,'en','965bde22efc6','---
title: Page types/threats
summary: A summary.
---
See [outing](/types/outing/#do-first) or call {{ phone line }}.
','files','','2026-11-29 06:46:01.643808',NULL,4,'',1);
INSERT INTO "toolkit_revision" VALUES(16,'ms','866934144eeb','---
title: ms types/threats
summary: Summary in ms.
translated_from: 965bde22efc6
review: unreviewed
---
See [outing](/types/outing/#do-first) or call {{ phone line }}.
','files','','2026-11-29 06:46:01.648289',NULL,4,'',1);
INSERT INTO "toolkit_revision" VALUES(17,'ta','c498dc403922','---
title: ta types/threats
summary: Summary in ta.
translated_from: 965bde22efc6
review: unreviewed
---
See [outing](/types/outing/#do-first) or call {{ phone line }}.
','files','','2026-11-29 06:46:01.652907',NULL,4,'',1);
INSERT INTO "toolkit_revision" VALUES(18,'zh-hans','f88b5254a092','---
title: zh-hans types/threats
summary: Summary in zh-hans.
translated_from: 965bde22efc6
review: unreviewed
---
See [outing](/types/outing/#do-first) or call {{ phone line }}.
','files','','2026-11-29 06:46:01.657656',NULL,4,'',1);
INSERT INTO "toolkit_revision" VALUES(19,'zh-hans','cac4ba881038','---
title: zh-hans types
summary: Summary in zh-hans.
translated_from: 13f6b1426760
review: unreviewed
---
Find yours.
','files','','2026-11-29 06:46:01.662334',NULL,3,'',1);
INSERT INTO "toolkit_revision" VALUES(20,'zh-hans','0052c9cfbbce','---
title: zh-hans home
summary: Summary in zh-hans.
translated_from: ff2ea623b046
review: unreviewed
label.line: The line
---
Words.
','files','','2026-11-29 06:46:01.667055',NULL,1,'',1);
INSERT INTO "toolkit_revision" VALUES(21,'ms','553f73e20292','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
Apa itu.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','staff','Clearer','2026-11-29 06:46:01.709144',1,2,'Lebih jelas.',1);
INSERT INTO "toolkit_revision" VALUES(22,'ms','c0bb8b499aac','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
What it is.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','restored','2026-11-29 14:46','2026-11-29 06:46:01.720907',1,2,'',1);
INSERT INTO "toolkit_revision" VALUES(23,'ms','95a7fa125a9b','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
Apa ini.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','staff','Again','2026-11-29 06:46:01.748842',1,2,'',1);
INSERT INTO "toolkit_revision" VALUES(24,'ms','8e200def0eac','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
Dari fail.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
','files','','2026-11-29 06:46:01.761345',NULL,2,'',0);
INSERT INTO "toolkit_revision" VALUES(25,'en','5f265b675d40','---
title: Page types/threats
heading: Threats to share
summary: A summary.
---
See [outing](/types/outing/#do-first) or call {{ phone line }}.
','files','','2026-11-29 06:46:01.818929',NULL,4,'',1);
CREATE TABLE "toolkit_source" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "slug" varchar(80) NOT NULL, "checked" date NOT NULL, "title" varchar(300) NOT NULL, "publisher" varchar(200) NOT NULL, "url" varchar(600) NOT NULL, "published" date NULL, "language" varchar(12) NOT NULL, "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "source_once_on_a_page" UNIQUE ("page_id", "slug"));
INSERT INTO "toolkit_source" VALUES(1,0,'paper','2026-11-22','A report','A newspaper','https://news.example.org/report',NULL,'en',1);
CREATE TABLE "toolkit_staffmember" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "languages" text NOT NULL CHECK ((JSON_VALID("languages") OR "languages" IS NULL)), "screens" varchar(12) NOT NULL, "user_id" integer NOT NULL UNIQUE REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "toolkit_staffmember" VALUES(1,'["ms", "ta"]','en',1);
CREATE TABLE "toolkit_unitstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "part" varchar(8) NOT NULL, "agreed" text NOT NULL CHECK ((JSON_VALID("agreed") OR "agreed" IS NULL)), "hold" varchar(10) NOT NULL, "held" text NOT NULL, "page_id" bigint NOT NULL REFERENCES "toolkit_page" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unit_once" UNIQUE ("page_id", "part"));
INSERT INTO "toolkit_unitstate" VALUES(1,'facts','["b34d00f53950"]','','',1);
INSERT INTO "toolkit_unitstate" VALUES(2,'facts','["b3ad1b514cf6"]','','',2);
INSERT INTO "toolkit_unitstate" VALUES(3,'facts','["b3ad1b514cf6"]','','',3);
INSERT INTO "toolkit_unitstate" VALUES(4,'facts','["fe519e1a2f31"]','','',4);
INSERT INTO "toolkit_unitstate" VALUES(5,'en','["ff2ea623b046"]','','',1);
INSERT INTO "toolkit_unitstate" VALUES(6,'ms','["b3d199878b13"]','','',1);
INSERT INTO "toolkit_unitstate" VALUES(7,'ta','["6d81394bc74d"]','','',1);
INSERT INTO "toolkit_unitstate" VALUES(8,'en','["13f6b1426760"]','','',3);
INSERT INTO "toolkit_unitstate" VALUES(9,'ms','["483a0cfceca7"]','','',3);
INSERT INTO "toolkit_unitstate" VALUES(10,'en','["ebb31e67830c"]','','',2);
INSERT INTO "toolkit_unitstate" VALUES(11,'ms','["c0bb8b499aac"]','conflict','---
title: ms types/outing
summary: Summary in ms.
translated_from: ebb31e67830c
review: unreviewed
---
Dari fail.

## Do this first {#do-first}

1. Breathe.

{{ contact line }}
',2);
INSERT INTO "toolkit_unitstate" VALUES(12,'ta','["2d6c714dc72b"]','','',2);
INSERT INTO "toolkit_unitstate" VALUES(13,'zh-hans','["e3a178ea9928"]','','',2);
INSERT INTO "toolkit_unitstate" VALUES(14,'ta','["ddb375eb2358"]','','',3);
INSERT INTO "toolkit_unitstate" VALUES(15,'en','["965bde22efc6", "5f265b675d40"]','','',4);
INSERT INTO "toolkit_unitstate" VALUES(16,'ms','["866934144eeb"]','','',4);
INSERT INTO "toolkit_unitstate" VALUES(17,'ta','["c498dc403922"]','','',4);
INSERT INTO "toolkit_unitstate" VALUES(18,'zh-hans','["f88b5254a092"]','','',4);
INSERT INTO "toolkit_unitstate" VALUES(19,'zh-hans','["cac4ba881038"]','','',3);
INSERT INTO "toolkit_unitstate" VALUES(20,'zh-hans','["0052c9cfbbce"]','','',1);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent");
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address");
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username");
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent");
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent");
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address");
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username");
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent");
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address");
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username");
CREATE INDEX "otp_static_statictoken_token_d0a51866" ON "otp_static_statictoken" ("token");
CREATE INDEX "otp_static_statictoken_device_id_74b7c7d1" ON "otp_static_statictoken" ("device_id");
CREATE INDEX "otp_static_staticdevice_user_id_7f9cff2b" ON "otp_static_staticdevice" ("user_id");
CREATE INDEX "otp_totp_totpdevice_user_id_0fb18292" ON "otp_totp_totpdevice" ("user_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE INDEX "toolkit_channel_contact_id_856385b3" ON "toolkit_channel" ("contact_id");
CREATE INDEX "toolkit_figure_slug_b22ff9ca" ON "toolkit_figure" ("slug");
CREATE INDEX "toolkit_figure_page_id_d3363a6a" ON "toolkit_figure" ("page_id");
CREATE INDEX "toolkit_contact_slug_1cab05dd" ON "toolkit_contact" ("slug");
CREATE INDEX "toolkit_contact_page_id_ed23e9d7" ON "toolkit_contact" ("page_id");
CREATE INDEX "toolkit_provision_slug_ca60aafc" ON "toolkit_provision" ("slug");
CREATE INDEX "toolkit_provision_page_id_fab8584b" ON "toolkit_provision" ("page_id");
CREATE INDEX "toolkit_reportroute_slug_711c0121" ON "toolkit_reportroute" ("slug");
CREATE INDEX "toolkit_reportroute_page_id_74c230da" ON "toolkit_reportroute" ("page_id");
CREATE INDEX "toolkit_source_slug_74969e5b" ON "toolkit_source" ("slug");
CREATE INDEX "toolkit_source_page_id_3e51dce8" ON "toolkit_source" ("page_id");
CREATE INDEX "toolkit_unitstate_page_id_61db704d" ON "toolkit_unitstate" ("page_id");
CREATE INDEX "toolkit_page_deputy_id_f14df472" ON "toolkit_page" ("deputy_id");
CREATE INDEX "toolkit_page_owner_id_31cceb68" ON "toolkit_page" ("owner_id");
CREATE INDEX "toolkit_revision_author_id_951e820a" ON "toolkit_revision" ("author_id");
CREATE INDEX "toolkit_revision_page_id_11257fb5" ON "toolkit_revision" ("page_id");
CREATE INDEX "toolkit_rev_page_id_ce2878_idx" ON "toolkit_revision" ("page_id", "part", "id" DESC);
CREATE UNIQUE INDEX "one_open_draft_each" ON "toolkit_draft" ("page_id", "part", "author_id") WHERE "state" IN ('writing', 'review');
CREATE INDEX "toolkit_draft_author_id_2908b902" ON "toolkit_draft" ("author_id");
CREATE INDEX "toolkit_draft_page_id_d14844e3" ON "toolkit_draft" ("page_id");
CREATE INDEX "toolkit_draft_revision_id_d2dcdeec" ON "toolkit_draft" ("revision_id");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',37);
INSERT INTO "sqlite_sequence" VALUES('django_admin_log',0);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',27);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',108);
INSERT INTO "sqlite_sequence" VALUES('auth_group',4);
INSERT INTO "sqlite_sequence" VALUES('auth_user',2);
INSERT INTO "sqlite_sequence" VALUES('axes_accessattempt',0);
INSERT INTO "sqlite_sequence" VALUES('axes_accesslog',0);
INSERT INTO "sqlite_sequence" VALUES('otp_static_staticdevice',0);
INSERT INTO "sqlite_sequence" VALUES('otp_totp_totpdevice',0);
INSERT INTO "sqlite_sequence" VALUES('toolkit_contact',1);
INSERT INTO "sqlite_sequence" VALUES('toolkit_provision',0);
INSERT INTO "sqlite_sequence" VALUES('toolkit_reportroute',0);
INSERT INTO "sqlite_sequence" VALUES('toolkit_source',1);
INSERT INTO "sqlite_sequence" VALUES('toolkit_unitstate',20);
INSERT INTO "sqlite_sequence" VALUES('toolkit_revision',25);
INSERT INTO "sqlite_sequence" VALUES('auth_group_permissions',5);
INSERT INTO "sqlite_sequence" VALUES('toolkit_page',4);
INSERT INTO "sqlite_sequence" VALUES('toolkit_channel',1);
INSERT INTO "sqlite_sequence" VALUES('toolkit_contentversion',1);
INSERT INTO "sqlite_sequence" VALUES('auth_user_groups',4);
INSERT INTO "sqlite_sequence" VALUES('toolkit_staffmember',1);
INSERT INTO "sqlite_sequence" VALUES('toolkit_draft',4);
INSERT INTO "sqlite_sequence" VALUES('toolkit_auditentry',5);
COMMIT;
