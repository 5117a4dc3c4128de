-- SPDX-License-Identifier: Apache-2.0
-- What a caller may see, and what a call is about. A scope is the text of the caller's cooperatives, ',3,17,'; NULL: all.

-- Whether a number is in such a text.
-- fragment: listed(number, list)
$list LIKE '%,' || CAST($number AS TEXT) || ',%'

-- Whether a cooperative lies in the scope.
-- fragment: scope_coop(cooperative, scope)
(CAST($scope AS TEXT) IS NULL OR @listed($cooperative, $scope))

-- Whether a holder does: a cooperative of it, or an enterprise that is a member of one of them on the day.
-- fragment: scope(holder, scope, day)
(CAST($scope AS TEXT) IS NULL
 OR @listed($holder, $scope)
 OR EXISTS (SELECT 1 FROM membership mine
            WHERE mine.enterprise_id = $holder AND @member_on(mine, $day) AND @listed(mine.cooperative_id, $scope)))

-- Whether a call asks about the holder: about it, about the cooperative of which it is a member on the day, or about all.
-- fragment: of_holder(holder, asked, day)
(CAST($asked AS BIGINT) IS NULL
 OR $holder = $asked
 OR EXISTS (SELECT 1 FROM membership its
            WHERE its.enterprise_id = $holder AND its.cooperative_id = $asked AND @member_on(its, $day)))

-- The holder and, where it is a cooperative, its members on the day.
-- fragment: holder_and_members(asked, day)
(SELECT CAST($asked AS BIGINT) AS holder_id
 UNION ALL
 SELECT its.enterprise_id FROM membership its WHERE its.cooperative_id = $asked AND @member_on(its, $day))

-- For WITH: seen (id), the holder asked about and its members on the day; NULL: whoever lies in scope today.
-- fragment: seen(asked, day, scope, today)
seen (id) AS (
    SELECT CAST($asked AS BIGINT) WHERE CAST($asked AS BIGINT) IS NOT NULL
    UNION ALL
    SELECT its.enterprise_id FROM membership its WHERE its.cooperative_id = $asked AND @member_on(its, $day)
    UNION ALL
    SELECT any_holder.id FROM holder any_holder
    WHERE CAST($asked AS BIGINT) IS NULL AND @scope(any_holder.id, $scope, $today))

-- What a list is narrowed to, where something is given.
-- fragment: only(column, number)
(CAST($number AS BIGINT) IS NULL OR $column = $number)

-- fragment: only_text(column, text)
(CAST($text AS TEXT) IS NULL OR $column = $text)
