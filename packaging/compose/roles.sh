#!/bin/bash
# Runs once, when the database's volume is empty: three roles, none of them a superuser, and the database.
set -eu

password() { cat "/run/secrets/$1_password"; }

psql --username postgres --no-psqlrc --set ON_ERROR_STOP=1 \
    --set owner="$(password owner)" --set app="$(password app)" --set sealer="$(password sealer)" <<'SQL'
CREATE ROLE shubbak_owner LOGIN CREATEDB PASSWORD :'owner';
CREATE ROLE shubbak_app LOGIN PASSWORD :'app';
CREATE ROLE shubbak_sealer LOGIN PASSWORD :'sealer';
CREATE DATABASE shubbak OWNER shubbak_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
SQL
