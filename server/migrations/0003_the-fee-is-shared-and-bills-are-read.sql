CREATE TABLE `profit_shares` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`part_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sub_order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`attempt` int NOT NULL,
	`share_no` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`amount_fen` bigint NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`planned_at` datetime(3) NOT NULL,
	`check_at` datetime(3) NOT NULL,
	`checks` int NOT NULL,
	`done_at` datetime(3),
	`why` varchar(120) NOT NULL,
	CONSTRAINT `profit_shares_id` PRIMARY KEY(`id`),
	CONSTRAINT `profit_shares_no` UNIQUE(`share_no`),
	CONSTRAINT `profit_shares_part` UNIQUE(`part_id`,`attempt`)
);
--> statement-breakpoint
CREATE TABLE `share_returns` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`share_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`return_no` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`amount_fen` bigint NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`check_at` datetime(3) NOT NULL,
	`checks` int NOT NULL,
	`why` varchar(120) NOT NULL,
	CONSTRAINT `share_returns_id` PRIMARY KEY(`id`),
	CONSTRAINT `share_returns_no` UNIQUE(`return_no`)
);
--> statement-breakpoint
CREATE TABLE `bill_days` (
	`day` varchar(10) character set ascii collate ascii_bin NOT NULL,
	`lines` int NOT NULL,
	`payments_fen` bigint NOT NULL,
	`refunds_fen` bigint NOT NULL,
	`fee_fen` bigint NOT NULL,
	`read_at` datetime(3) NOT NULL,
	CONSTRAINT `bill_days_day` PRIMARY KEY(`day`)
);
--> statement-breakpoint
CREATE TABLE `bill_differences` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`day` varchar(10) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`line` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`no` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin,
	`ours_fen` bigint,
	`theirs_fen` bigint,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`found_at` datetime(3) NOT NULL,
	`explained_by` varchar(30) character set ascii collate ascii_bin,
	`explained_at` datetime(3),
	`words` varchar(300) NOT NULL,
	CONSTRAINT `bill_differences_id` PRIMARY KEY(`id`),
	CONSTRAINT `bill_differences_once` UNIQUE(`day`,`line`,`no`,`kind`)
);
--> statement-breakpoint
CREATE TABLE `bill_lines` (
	`line` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`no` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`day` varchar(10) character set ascii collate ascii_bin NOT NULL,
	`amount_fen` bigint NOT NULL,
	`fee_fen` bigint NOT NULL,
	CONSTRAINT `bill_lines_no_line_pk` PRIMARY KEY(`no`,`line`)
);
--> statement-breakpoint
ALTER TABLE `payment_parts` ADD `commission_bp` int NOT NULL;--> statement-breakpoint
UPDATE `payment_parts` p SET `commission_bp` = coalesce((SELECT s.`commission_bp` FROM `sub_orders` s WHERE s.`id` = p.`sub_order_id`), 0);--> statement-breakpoint
ALTER TABLE `profit_shares` ADD CONSTRAINT `profit_shares_part_id_payment_parts_id_fk` FOREIGN KEY (`part_id`) REFERENCES `payment_parts`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `share_returns` ADD CONSTRAINT `share_returns_share_id_profit_shares_id_fk` FOREIGN KEY (`share_id`) REFERENCES `profit_shares`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `profit_shares_check` ON `profit_shares` (`state`,`check_at`);--> statement-breakpoint
CREATE INDEX `share_returns_share` ON `share_returns` (`share_id`);--> statement-breakpoint
CREATE INDEX `share_returns_check` ON `share_returns` (`state`,`check_at`);--> statement-breakpoint
CREATE INDEX `bill_differences_open` ON `bill_differences` (`state`,`found_at`,`id`);--> statement-breakpoint
CREATE INDEX `bill_lines_day` ON `bill_lines` (`day`);--> statement-breakpoint
CREATE INDEX `payments_settled` ON `payments` (`state`,`settled_at`);--> statement-breakpoint
CREATE INDEX `refunds_asked` ON `refunds` (`state`,`asked_at`);