CREATE TABLE `room_measures` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`measure` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`chat_id` varchar(30) character set ascii collate ascii_bin,
	`user_id` varchar(30) character set ascii collate ascii_bin,
	`pace` int,
	`reason` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`words` varchar(100) NOT NULL,
	`side` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`actor_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`measured_at` datetime(3) NOT NULL,
	`ends_at` datetime(3),
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`undone_at` datetime(3),
	`undone_by` varchar(30) character set ascii collate ascii_bin,
	`appeal` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`appeal_words` varchar(100) NOT NULL,
	`appealed_at` datetime(3),
	`appeal_ended_at` datetime(3),
	`appeal_ended_by` varchar(30) character set ascii collate ascii_bin,
	CONSTRAINT `room_measures_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE INDEX `room_measures_person` ON `room_measures` (`user_id`,`shop_id`,`state`);--> statement-breakpoint
CREATE INDEX `room_measures_session` ON `room_measures` (`session_id`,`id`);--> statement-breakpoint
CREATE INDEX `room_measures_chat` ON `room_measures` (`chat_id`);--> statement-breakpoint
CREATE INDEX `room_measures_appeal` ON `room_measures` (`appeal`,`appealed_at`);--> statement-breakpoint
CREATE INDEX `chats_all` ON `chats` (`session_id`,`id`);--> statement-breakpoint
CREATE INDEX `room_tickets_viewer` ON `room_tickets` (`session_id`,`viewer_key`);