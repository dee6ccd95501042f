CREATE TABLE `word_rules` (
	`rule_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`no` int NOT NULL,
	`standing` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`draft` json NOT NULL,
	`written_by` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`written_at` datetime(3) NOT NULL,
	CONSTRAINT `word_rules_rule_id_no_pk` PRIMARY KEY(`rule_id`,`no`)
);
--> statement-breakpoint
ALTER TABLE `moderation_findings` ADD `rule_id` varchar(40) character set ascii collate ascii_bin;--> statement-breakpoint
CREATE INDEX `word_rules_standing` ON `word_rules` (`standing`,`written_at`);--> statement-breakpoint
CREATE INDEX `moderation_cases_opened` ON `moderation_cases` (`opened_at`);