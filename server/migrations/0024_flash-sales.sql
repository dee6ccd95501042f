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
CREATE INDEX `flash_claims_sale` ON `flash_claims` (`flash_sale_id`,`state`);--> statement-breakpoint
CREATE INDEX `flash_sales_session` ON `flash_sales` (`live_session_id`,`state`,`ends_at`);