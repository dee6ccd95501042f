CREATE TABLE `listing_imports` (
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`mark` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`imported_at` datetime(3) NOT NULL,
	CONSTRAINT `listing_imports_mark_shop_id_pk` PRIMARY KEY(`mark`,`shop_id`)
);
--> statement-breakpoint
ALTER TABLE `listing_imports` ADD CONSTRAINT `listing_imports_listing_id_listings_id_fk` FOREIGN KEY (`listing_id`) REFERENCES `listings`(`id`) ON DELETE no action ON UPDATE no action;