ALTER TABLE `moderation_cases` ADD `shop_name` varchar(60) DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `moderation_cases` c JOIN `shops` s ON s.`id` = c.`shop_id` SET c.`shop_name` = s.`name`;--> statement-breakpoint
ALTER TABLE `moderation_cases` ADD `risks` json;--> statement-breakpoint
ALTER TABLE `moderation_cases` ADD `level` int DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE `moderation_cases` ADD `reader_id` varchar(30) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `moderation_cases` ADD `reader_name` varchar(40);--> statement-breakpoint
ALTER TABLE `moderation_cases` ADD `read_until_at` datetime(3);--> statement-breakpoint
CREATE INDEX `moderation_cases_risk` ON `moderation_cases` (`state`,`level`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `moderation_cases_reader` ON `moderation_cases` (`reader_id`);