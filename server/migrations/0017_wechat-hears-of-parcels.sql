CREATE TABLE `shipping_notices` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`check_at` datetime(3) NOT NULL,
	`checks` int NOT NULL,
	`due_at` datetime(3) NOT NULL,
	`told_at` datetime(3),
	`corrected` boolean NOT NULL,
	`settled_at` datetime(3),
	`why` varchar(120) NOT NULL,
	CONSTRAINT `shipping_notices_id` PRIMARY KEY(`id`),
	CONSTRAINT `shipping_notices_part` UNIQUE(`sub_order_id`)
);
--> statement-breakpoint
ALTER TABLE `waybills` DROP INDEX `waybills_sub`;--> statement-breakpoint
ALTER TABLE `waybills` ADD `seq` int DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `waybills` ADD `replaced_at` datetime(3);--> statement-breakpoint
ALTER TABLE `waybills` ADD CONSTRAINT `waybills_part` UNIQUE(`sub_order_id`,`seq`);--> statement-breakpoint
CREATE INDEX `shipping_notices_check` ON `shipping_notices` (`state`,`check_at`);--> statement-breakpoint
INSERT INTO `shipping_notices` (`id`, `sub_order_id`, `shop_id`, `state`, `check_at`, `checks`, `due_at`, `corrected`, `why`)
SELECT CONCAT('shn_', SUBSTRING(`id`, 5)), `id`, `shop_id`, 'due', UTC_TIMESTAMP(3), 0, UTC_TIMESTAMP(3), FALSE, '' FROM `sub_orders` WHERE `shipped_at` IS NOT NULL;