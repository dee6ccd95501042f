ALTER TABLE `assets` ADD `source` varchar(24) character set ascii collate ascii_bin DEFAULT 'album' NOT NULL;--> statement-breakpoint
ALTER TABLE `assets` ADD `taken_at` datetime(3);--> statement-breakpoint
ALTER TABLE `assets` ADD `latitude_e2` int;--> statement-breakpoint
ALTER TABLE `assets` ADD `longitude_e2` int;--> statement-breakpoint
ALTER TABLE `assets` ADD `edited_with` varchar(40);--> statement-breakpoint
CREATE INDEX `assets_by_hash` ON `assets` (`hash`,`shop_id`);