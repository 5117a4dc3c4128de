-- SPDX-License-Identifier: Apache-2.0
-- What an audit recommends on the certificate, and the day from which it does: that of the conclusion, or a later one.
ALTER TABLE audit ADD COLUMN outcome TEXT CHECK (outcome IN @check(outcome, 3));
ALTER TABLE audit ADD COLUMN outcome_on TEXT CHECK ((outcome_on IS NULL) = (outcome IS NULL));
