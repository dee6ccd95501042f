CREATE TABLE `after_sale_moves` (
	`after_sale_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`no` int NOT NULL,
	`act` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`actor` json NOT NULL,
	`words` varchar(200) NOT NULL,
	`picture_ids` json NOT NULL,
	`moved_at` datetime(3) NOT NULL,
	CONSTRAINT `after_sale_moves_after_sale_id_no_pk` PRIMARY KEY(`after_sale_id`,`no`)
);
--> statement-breakpoint
CREATE TABLE `after_sales` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`buyer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`reason` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`case_lines` json NOT NULL,
	`unshipped` boolean NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`opened_at` datetime(3) NOT NULL,
	`due_at` datetime(3),
	`ended_at` datetime(3),
	`refunded_fen` bigint NOT NULL,
	`return_courier` varchar(8) character set ascii collate ascii_bin,
	`return_no` varchar(30) character set ascii collate ascii_bin,
	`reship_courier` varchar(8) character set ascii collate ascii_bin,
	`reship_no` varchar(30) character set ascii collate ascii_bin,
	CONSTRAINT `after_sales_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `order_lines` ADD `refunded_fen` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `order_lines` ADD `returned_units` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `order_lines` ADD `no_reason_return` boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `sub_orders` ADD `freight_refunded` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `sub_orders` ADD `after_sale_open` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `after_sale_moves` ADD CONSTRAINT `after_sale_moves_after_sale_id_after_sales_id_fk` FOREIGN KEY (`after_sale_id`) REFERENCES `after_sales`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `after_sales_sub` ON `after_sales` (`sub_order_id`,`opened_at`);--> statement-breakpoint
CREATE INDEX `after_sales_shop` ON `after_sales` (`shop_id`,`state`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `after_sales_buyer` ON `after_sales` (`buyer_id`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `after_sales_state` ON `after_sales` (`state`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `after_sales_due` ON `after_sales` (`state`,`due_at`);
