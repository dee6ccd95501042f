CREATE TABLE `pin_moments` (
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`seq` int NOT NULL,
	`bag_item_id` varchar(30) character set ascii collate ascii_bin,
	`pinned_at` datetime(3) NOT NULL,
	CONSTRAINT `pin_moments_session_id_seq_pk` PRIMARY KEY(`session_id`,`seq`)
);
--> statement-breakpoint
CREATE TABLE `recordings` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`publisher_id` varchar(80) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`began_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	`source` varchar(500) NOT NULL,
	`duration_ms` int NOT NULL,
	`bytes` bigint NOT NULL,
	`check_at` datetime(3) NOT NULL,
	`tries` int NOT NULL,
	`keep_until` datetime(3) NOT NULL,
	CONSTRAINT `recordings_id` PRIMARY KEY(`id`),
	CONSTRAINT `recordings_push` UNIQUE(`session_id`,`publisher_id`)
);
--> statement-breakpoint
ALTER TABLE `pin_moments` ADD CONSTRAINT `pin_moments_session_id_live_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `live_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `recordings` ADD CONSTRAINT `recordings_session_id_live_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `live_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `pin_moments_item` ON `pin_moments` (`bag_item_id`,`pinned_at`);--> statement-breakpoint
CREATE INDEX `recordings_check` ON `recordings` (`state`,`check_at`);--> statement-breakpoint
CREATE INDEX `recordings_keep` ON `recordings` (`state`,`keep_until`);