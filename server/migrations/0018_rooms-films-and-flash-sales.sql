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
CREATE TABLE `flash_claims` (
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`flash_sale_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`units` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `flash_claims_order_id_flash_sale_id_pk` PRIMARY KEY(`order_id`,`flash_sale_id`)
);
--> statement-breakpoint
CREATE TABLE `flash_sales` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`request_key` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`live_session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`flash_fen` bigint NOT NULL,
	`quota` int NOT NULL,
	`per_person` int NOT NULL,
	`taken` int NOT NULL,
	`starts_at` datetime(3) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`made_by` varchar(30) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `flash_sales_id` PRIMARY KEY(`id`),
	CONSTRAINT `flash_sales_once` UNIQUE(`shop_id`,`request_key`)
);
--> statement-breakpoint
CREATE TABLE `question_askers` (
	`question_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `question_askers_question_id_user_id_pk` PRIMARY KEY(`question_id`,`user_id`)
);
--> statement-breakpoint
CREATE TABLE `questions` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`chat_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`text` varchar(200) NOT NULL,
	`question_key` varchar(200) NOT NULL,
	`bag_item_id` varchar(30) character set ascii collate ascii_bin,
	`askers` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	`ended_by` varchar(30) character set ascii collate ascii_bin,
	`reply` varchar(200) NOT NULL,
	CONSTRAINT `questions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
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
CREATE TABLE `parcel_points` (
	`waybill_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`point_at` datetime(3) NOT NULL,
	`hash` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`words` varchar(300) NOT NULL,
	`stage` varchar(24) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `parcel_points_waybill_id_point_at_hash_pk` PRIMARY KEY(`waybill_id`,`point_at`,`hash`)
);
--> statement-breakpoint
ALTER TABLE `live_sessions` ADD `ai_host` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `live_sessions` ADD `allowed_at` datetime(3);--> statement-breakpoint
ALTER TABLE `live_sessions` ADD `allowed_by` varchar(30) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `live_sessions` ADD `allowed_why` varchar(200);--> statement-breakpoint
ALTER TABLE `shipping_notices` ADD `reminded_at` datetime(3);--> statement-breakpoint
ALTER TABLE `waybills` ADD `follow` varchar(24) character set ascii collate ascii_bin DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE `waybills` ADD `follow_at` datetime(3);--> statement-breakpoint
ALTER TABLE `waybills` ADD `follow_tries` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `waybills` ADD `stage` varchar(24) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `waybills` ADD `stage_at` datetime(3);--> statement-breakpoint
ALTER TABLE `pin_moments` ADD CONSTRAINT `pin_moments_session_id_live_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `live_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `recordings` ADD CONSTRAINT `recordings_session_id_live_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `live_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `pin_moments_item` ON `pin_moments` (`bag_item_id`,`pinned_at`);--> statement-breakpoint
CREATE INDEX `recordings_check` ON `recordings` (`state`,`check_at`);--> statement-breakpoint
CREATE INDEX `recordings_keep` ON `recordings` (`state`,`keep_until`);--> statement-breakpoint
CREATE INDEX `flash_claims_sale` ON `flash_claims` (`flash_sale_id`,`state`);--> statement-breakpoint
CREATE INDEX `flash_sales_session` ON `flash_sales` (`live_session_id`,`state`,`ends_at`);--> statement-breakpoint
CREATE INDEX `questions_open` ON `questions` (`session_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `questions_chat` ON `questions` (`chat_id`);--> statement-breakpoint
CREATE INDEX `room_measures_person` ON `room_measures` (`user_id`,`shop_id`,`state`);--> statement-breakpoint
CREATE INDEX `room_measures_session` ON `room_measures` (`session_id`,`id`);--> statement-breakpoint
CREATE INDEX `room_measures_chat` ON `room_measures` (`chat_id`);--> statement-breakpoint
CREATE INDEX `room_measures_appeal` ON `room_measures` (`appeal`,`appealed_at`);--> statement-breakpoint
CREATE INDEX `orders_session` ON `orders` (`live_session_id`);--> statement-breakpoint
CREATE INDEX `chats_all` ON `chats` (`session_id`,`id`);--> statement-breakpoint
CREATE INDEX `chats_state` ON `chats` (`state`,`said_at`);--> statement-breakpoint
CREATE INDEX `room_tickets_viewer` ON `room_tickets` (`session_id`,`viewer_key`);--> statement-breakpoint
CREATE INDEX `waybills_follow` ON `waybills` (`follow`,`follow_at`);