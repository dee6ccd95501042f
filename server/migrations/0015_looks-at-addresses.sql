CREATE TABLE `address_looks` (
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`buyer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`seen_at` datetime(3) NOT NULL
);
--> statement-breakpoint
CREATE INDEX `address_looks_sub` ON `address_looks` (`sub_order_id`,`seen_at`);--> statement-breakpoint
CREATE INDEX `address_looks_buyer` ON `address_looks` (`buyer_id`,`seen_at`);