CREATE TABLE `profiles` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`no` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`draft` json NOT NULL,
	`saved_at` datetime(3) NOT NULL,
	`submitted_at` datetime(3),
	`decided_at` datetime(3),
	`reasons` varchar(500) NOT NULL,
	CONSTRAINT `profiles_id` PRIMARY KEY(`id`),
	CONSTRAINT `profiles_no` UNIQUE(`shop_id`,`no`)
);
--> statement-breakpoint
CREATE TABLE `follows` (
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`since_at` datetime(3) NOT NULL,
	CONSTRAINT `follows_user_id_shop_id_pk` PRIMARY KEY(`user_id`,`shop_id`)
);
--> statement-breakpoint
CREATE TABLE `shop_moves` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`act` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`reason` varchar(200) NOT NULL,
	`actor` json NOT NULL,
	`moved_at` datetime(3) NOT NULL,
	CONSTRAINT `shop_moves_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `listings` ADD `shelved_at` datetime(3);--> statement-breakpoint
-- what stands or stood on the shelf keeps the place it had until now
UPDATE `listings` SET `shelved_at` = `created_at` WHERE `state` <> 'draft';--> statement-breakpoint
ALTER TABLE `shops` ADD `picture_ids` json;--> statement-breakpoint
UPDATE `shops` SET `picture_ids` = '[]';--> statement-breakpoint
ALTER TABLE `shops` MODIFY `picture_ids` json NOT NULL;--> statement-breakpoint
ALTER TABLE `follows` ADD CONSTRAINT `follows_shop_id_shops_id_fk` FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `shop_moves` ADD CONSTRAINT `shop_moves_shop_id_shops_id_fk` FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `profiles_state` ON `profiles` (`shop_id`,`state`);--> statement-breakpoint
CREATE INDEX `follows_of_user` ON `follows` (`user_id`,`since_at`,`shop_id`);--> statement-breakpoint
CREATE INDEX `follows_of_shop` ON `follows` (`shop_id`);--> statement-breakpoint
CREATE INDEX `shop_moves_shop` ON `shop_moves` (`shop_id`,`moved_at`,`id`);--> statement-breakpoint
CREATE INDEX `listings_shelved` ON `listings` (`state`,`shelved_at`,`id`);--> statement-breakpoint
CREATE INDEX `listings_of_shop_shelved` ON `listings` (`shop_id`,`state`,`shelved_at`,`id`);