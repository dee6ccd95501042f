ALTER TABLE `live_sessions` ADD `allowed_at` datetime(3);--> statement-breakpoint
ALTER TABLE `live_sessions` ADD `allowed_by` varchar(30) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `live_sessions` ADD `allowed_why` varchar(200);