CREATE TABLE `search_docs` (
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shown` boolean NOT NULL,
	`product_class` varchar(24) character set ascii collate ascii_bin,
	`kind` varchar(24) character set ascii collate ascii_bin,
	`form` varchar(24) character set ascii collate ascii_bin,
	`material_year` int,
	`hill` varchar(40) character set ascii collate ascii_bin,
	`season` varchar(24) character set ascii collate ascii_bin,
	`tree_class` varchar(24) character set ascii collate ascii_bin,
	`band` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`village` varchar(60),
	`per_100g_fen` bigint NOT NULL,
	`sold_count` int NOT NULL,
	`in_stock` boolean NOT NULL,
	`listed_at` datetime(3) NOT NULL,
	`tokens` text NOT NULL,
	`version` int NOT NULL,
	`changed_at` datetime(3) NOT NULL,
	CONSTRAINT `search_docs_listing_id` PRIMARY KEY(`listing_id`)
);
--> statement-breakpoint
CREATE INDEX `search_docs_changed` ON `search_docs` (`changed_at`,`listing_id`,`version`);--> statement-breakpoint
CREATE INDEX `search_docs_shop` ON `search_docs` (`shop_id`,`listing_id`);