-- name: coop_list()
SELECT code, name FROM holder
