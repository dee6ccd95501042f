CREATE TABLE `paper_batches` (
	`paper_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`batch_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `paper_batches_paper_id_batch_id_pk` PRIMARY KEY(`paper_id`,`batch_id`)
);
--> statement-breakpoint
CREATE TABLE `papers` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`tenant_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`version` int NOT NULL,
	`number` varchar(60) NOT NULL,
	`issuer` varchar(80) NOT NULL,
	`classes` json NOT NULL,
	`valid_from` varchar(10) character set ascii collate ascii_bin,
	`valid_until` varchar(10) character set ascii collate ascii_bin,
	`draft` json NOT NULL,
	`told_days` int,
	`reasons` varchar(200) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`submitted_at` datetime(3),
	`decided_at` datetime(3),
	`decided_by` varchar(30) character set ascii collate ascii_bin,
	CONSTRAINT `papers_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
-- every licence that stands in the book becomes a verified paper; a name that is no kind of ours is kept as a paper put away, under its own name
INSERT INTO `papers` (`id`,`tenant_id`,`shop_id`,`kind`,`state`,`version`,`number`,`issuer`,`classes`,`valid_until`,`draft`,`reasons`,`created_at`,`submitted_at`,`decided_at`)
SELECT concat('ppr_', substring(k.`id`, 5)), k.`tenant_id`, k.`shop_id`, coalesce(k.`kind`, 'businessLicence'),
	CASE WHEN k.`kind` IS NULL THEN 'withdrawn' ELSE 'verified' END, 1, k.`number`, '', '[]', k.`until_day`,
	json_object('kind', coalesce(k.`kind`, 'businessLicence'), 'number', k.`number`, 'issuer', '', 'scope', '', 'classes', json_array(), 'validFrom', NULL,
		'validUntil', k.`until_day`, 'pictures', json_array(), 'batchIds', json_array(), 'cmaNumber', '', 'method', '', 'sampleBatch', '', 'results', json_array()),
	CASE WHEN k.`kind` IS NULL THEN concat('原名：', k.`name`) ELSE '' END, k.`admitted_at`, k.`admitted_at`, k.`admitted_at`
FROM (
	SELECT l.`id`, l.`tenant_id`, s.`id` AS `shop_id`, l.`name`, l.`number`, l.`until_day`, t.`admitted_at`,
		CASE l.`name` WHEN '营业执照' THEN 'businessLicence' WHEN '食品经营许可证' THEN 'foodBusinessLicence' WHEN '仅销售预包装食品备案' THEN 'prepackFiling'
			WHEN '食品生产许可证' THEN 'productionLicence' WHEN '小作坊登记证' THEN 'workshopRegistration' WHEN '农产品自产自销承诺书' THEN 'selfGrownStatement'
			WHEN '自产自销声明' THEN 'selfGrownStatement' WHEN '承诺达标合格证' THEN 'qualityCertificate' ELSE NULL END AS `kind`
	FROM `licences` l JOIN `tenants` t ON t.`id` = l.`tenant_id` JOIN `shops` s ON s.`tenant_id` = l.`tenant_id`
) k;
--> statement-breakpoint
DROP TABLE `licences`;--> statement-breakpoint
ALTER TABLE `listings` ADD `off_because` varchar(200);--> statement-breakpoint
ALTER TABLE `paper_batches` ADD CONSTRAINT `paper_batches_paper_id_papers_id_fk` FOREIGN KEY (`paper_id`) REFERENCES `papers`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `papers` ADD CONSTRAINT `papers_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `papers` ADD CONSTRAINT `papers_shop_id_shops_id_fk` FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `paper_batches_batch` ON `paper_batches` (`batch_id`);--> statement-breakpoint
CREATE INDEX `papers_of_shop` ON `papers` (`shop_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `papers_of_tenant` ON `papers` (`tenant_id`,`state`);--> statement-breakpoint
CREATE INDEX `papers_queue` ON `papers` (`state`,`submitted_at`,`id`);--> statement-breakpoint
CREATE INDEX `papers_ending` ON `papers` (`state`,`valid_until`,`id`);