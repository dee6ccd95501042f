CREATE TABLE `reviews` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`order_line_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`turn` int NOT NULL,
	`buyer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`stars` int,
	`text` varchar(500) NOT NULL,
	`picture_ids` json NOT NULL,
	`picture_count` int NOT NULL,
	`brew` json,
	`title` varchar(120) NOT NULL,
	`sku_name` varchar(40) NOT NULL,
	`batches` json NOT NULL,
	`nickname` varchar(20) NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`written_at` datetime(3) NOT NULL,
	`removed_at` datetime(3),
	`reasons` varchar(500) NOT NULL,
	`report` varchar(200) NOT NULL,
	`answer` varchar(300) NOT NULL,
	`answered_at` datetime(3),
	CONSTRAINT `reviews_id` PRIMARY KEY(`id`),
	CONSTRAINT `reviews_once` UNIQUE(`order_line_id`,`turn`)
);
--> statement-breakpoint
ALTER TABLE `assets` ADD `user_id` varchar(30) character set ascii collate ascii_bin;--> statement-breakpoint
CREATE INDEX `reviews_listing` ON `reviews` (`listing_id`,`state`,`turn`,`written_at`,`id`);--> statement-breakpoint
CREATE INDEX `reviews_shop` ON `reviews` (`shop_id`,`state`,`written_at`,`id`);--> statement-breakpoint
CREATE INDEX `reviews_buyer` ON `reviews` (`buyer_id`,`written_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_by_user` ON `assets` (`user_id`,`stored_at`);