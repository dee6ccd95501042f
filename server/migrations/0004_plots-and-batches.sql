CREATE TABLE `batch_parts` (
	`batch_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`no` smallint NOT NULL,
	`plot_id` varchar(30) character set ascii collate ascii_bin,
	`year` smallint,
	`parent_id` varchar(30) character set ascii collate ascii_bin,
	`grams` int NOT NULL,
	CONSTRAINT `batch_parts_batch_id_no_pk` PRIMARY KEY(`batch_id`,`no`)
);
--> statement-breakpoint
CREATE TABLE `batches` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`code` varchar(40) NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`product_class` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(24) character set ascii collate ascii_bin,
	`season` varchar(24) character set ascii collate ascii_bin,
	`material_year` smallint,
	`hill` varchar(40) character set ascii collate ascii_bin,
	`village` varchar(60) NOT NULL,
	`tree_class` varchar(24) character set ascii collate ascii_bin,
	`maker_name` varchar(60) NOT NULL,
	`maker_address` varchar(100) NOT NULL,
	`sc_number` varchar(20) NOT NULL,
	`standard_code` varchar(40) NOT NULL,
	`production_date` varchar(10) character set ascii collate ascii_bin,
	`pressing_date` varchar(10) character set ascii collate ascii_bin,
	`stored_since_at` datetime(3),
	`made_grams` int NOT NULL,
	`listed_grams` int NOT NULL,
	`used_grams` int NOT NULL,
	`origins` json NOT NULL,
	`proofs` json NOT NULL,
	`reasons` varchar(500) NOT NULL,
	`decided_by` varchar(30) character set ascii collate ascii_bin,
	`decided_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `batches_id` PRIMARY KEY(`id`),
	CONSTRAINT `batches_code` UNIQUE(`shop_id`,`code`)
);
--> statement-breakpoint
CREATE TABLE `hill_grants` (
	`hill` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`granted_grams` int NOT NULL,
	CONSTRAINT `hill_grants_hill` PRIMARY KEY(`hill`)
);
--> statement-breakpoint
CREATE TABLE `plot_years` (
	`plot_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`year` smallint NOT NULL,
	`taken_grams` int NOT NULL,
	CONSTRAINT `plot_years_plot_id_year_pk` PRIMARY KEY(`plot_id`,`year`)
);
--> statement-breakpoint
CREATE TABLE `plots` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(30) NOT NULL,
	`crop` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`hill` varchar(40) character set ascii collate ascii_bin,
	`village` varchar(30) NOT NULL,
	`grower` varchar(30) NOT NULL,
	`area_tenths` int,
	`trees` int,
	`tree_class` varchar(24) character set ascii collate ascii_bin,
	`tree_basis` varchar(100) NOT NULL,
	`altitude_metres` smallint,
	`yield_state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`yearly_grams` int NOT NULL,
	`granted_grams` int NOT NULL,
	`proofs` json NOT NULL,
	`reasons` varchar(500) NOT NULL,
	`decided_by` varchar(30) character set ascii collate ascii_bin,
	`decided_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `plots_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `batch_parts` ADD CONSTRAINT `batch_parts_batch_id_batches_id_fk` FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `batch_parts` ADD CONSTRAINT `batch_parts_plot_id_plots_id_fk` FOREIGN KEY (`plot_id`) REFERENCES `plots`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `batch_parts` ADD CONSTRAINT `batch_parts_parent_id_batches_id_fk` FOREIGN KEY (`parent_id`) REFERENCES `batches`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `plot_years` ADD CONSTRAINT `plot_years_plot_id_plots_id_fk` FOREIGN KEY (`plot_id`) REFERENCES `plots`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `batch_parts_plot` ON `batch_parts` (`plot_id`);--> statement-breakpoint
CREATE INDEX `batch_parts_parent` ON `batch_parts` (`parent_id`);--> statement-breakpoint
CREATE INDEX `batches_of_shop` ON `batches` (`shop_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `batches_state` ON `batches` (`state`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `plots_of_shop` ON `plots` (`shop_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `plots_state` ON `plots` (`state`,`updated_at`,`id`);