CREATE TABLE `lots` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`batch_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`batch_code` varchar(60) NOT NULL,
	`left_count` int NOT NULL,
	`opening_stock` int NOT NULL,
	`frozen` boolean NOT NULL,
	`opened_at` datetime(3) NOT NULL,
	CONSTRAINT `lots_id` PRIMARY KEY(`id`),
	CONSTRAINT `lots_once` UNIQUE(`listing_id`,`batch_id`)
);
--> statement-breakpoint
CREATE TABLE `offer_lots` (
	`revision_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`place` smallint NOT NULL,
	`lot_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `offer_lots_revision_id_sku_id_place_pk` PRIMARY KEY(`revision_id`,`sku_id`,`place`)
);
--> statement-breakpoint
CREATE TABLE `offer_skus` (
	`revision_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`place` smallint NOT NULL,
	`name` varchar(40) NOT NULL,
	`unit` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`base_units` int NOT NULL,
	`grams` int NOT NULL,
	`price_fen` bigint NOT NULL,
	`price_version_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`struck_fen` bigint,
	`struck_until_at` datetime(3),
	`batches` json NOT NULL,
	CONSTRAINT `offer_skus_revision_id_sku_id_pk` PRIMARY KEY(`revision_id`,`sku_id`)
);
--> statement-breakpoint
CREATE TABLE `price_versions` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`no` int NOT NULL,
	`price_fen` bigint NOT NULL,
	`from_at` datetime(3) NOT NULL,
	`actor` json NOT NULL,
	`revision_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `price_versions_id` PRIMARY KEY(`id`),
	CONSTRAINT `price_versions_no` UNIQUE(`sku_id`,`no`)
);
--> statement-breakpoint
CREATE TABLE `order_line_lots` (
	`order_line_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`batch_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`batch_code` varchar(60) NOT NULL,
	`base_units` int NOT NULL,
	CONSTRAINT `order_line_lots_order_line_id_batch_id_pk` PRIMARY KEY(`order_line_id`,`batch_id`)
);
--> statement-breakpoint
ALTER TABLE `offers` ADD `product_class` varchar(24) character set ascii collate ascii_bin NOT NULL;
--> statement-breakpoint
ALTER TABLE `offers` ADD `ship_by` varchar(10) character set ascii collate ascii_bin;
--> statement-breakpoint
ALTER TABLE `reservations` ADD `lot_id` varchar(30) character set ascii collate ascii_bin NOT NULL;
--> statement-breakpoint
ALTER TABLE `reservations` ADD `base_units` int NOT NULL;
--> statement-breakpoint
ALTER TABLE `revisions` ADD `taken` json;
--> statement-breakpoint
ALTER TABLE `skus` ADD `sku_key` varchar(12) character set ascii collate ascii_bin NOT NULL;
--> statement-breakpoint
ALTER TABLE `stock_moves` ADD `lot_id` varchar(30) character set ascii collate ascii_bin NOT NULL;
--> statement-breakpoint
ALTER TABLE `order_lines` ADD `sku_name` varchar(40) NOT NULL;
--> statement-breakpoint
ALTER TABLE `order_lines` ADD `price_version_id` varchar(30) character set ascii collate ascii_bin;
--> statement-breakpoint
ALTER TABLE `sub_orders` ADD `promised_day` varchar(10) character set ascii collate ascii_bin;
--> statement-breakpoint
-- what was sold before there were batches becomes a batch of its own making, by its listing's words: everything that was listed of it was made of it
INSERT INTO `batches` (`id`, `shop_id`, `code`, `product_class`, `state`, `kind`, `material_year`, `season`, `hill`, `village`, `maker_name`, `maker_address`, `sc_number`, `standard_code`, `production_date`, `made_grams`, `listed_grams`, `used_grams`, `origins`, `proofs`, `reasons`, `created_at`, `updated_at`)
SELECT concat('bat_', substring(l.`id`, 5)), l.`shop_id`, concat(replace(substring(json_unquote(json_extract(r.`draft`, '$.productionDate')), 3), '-', ''), '-', right(l.`id`, 6)),
  if(json_unquote(json_extract(r.`draft`, '$.form')) = 'loose' and json_unquote(json_extract(r.`draft`, '$.kind')) = 'raw' and json_unquote(json_extract(r.`draft`, '$.scNumber')) = '', 'maocha', 'puer'),
  'verified', json_unquote(json_extract(r.`draft`, '$.kind')), cast(json_unquote(json_extract(r.`draft`, '$.materialYear')) as signed), json_unquote(json_extract(r.`draft`, '$.season')),
  nullif(json_unquote(json_extract(r.`draft`, '$.hill')), 'null'), json_unquote(json_extract(r.`draft`, '$.village')), json_unquote(json_extract(r.`draft`, '$.makerName')), json_unquote(json_extract(r.`draft`, '$.makerAddress')),
  json_unquote(json_extract(r.`draft`, '$.scNumber')), json_unquote(json_extract(r.`draft`, '$.standardCode')), json_unquote(json_extract(r.`draft`, '$.productionDate')),
  s.`units` * cast(json_unquote(json_extract(r.`draft`, '$.netGrams')) as signed), s.`units` * cast(json_unquote(json_extract(r.`draft`, '$.netGrams')) as signed), 0, json_array(), json_array(), '', l.`created_at`, l.`updated_at`
FROM `listings` l
JOIN `revisions` r ON r.`id` = coalesce(l.`approved_revision_id`, l.`working_revision_id`)
JOIN (SELECT k.`listing_id`, if(k.`opened_at` is null, 0, k.`opening_stock` + (SELECT coalesce(sum(m.`delta`), 0) FROM `stock_moves` m WHERE m.`sku_id` = k.`id` AND m.`reason` = 'change')) `units` FROM `skus` k) s ON s.`listing_id` = l.`id`
WHERE l.`approved_revision_id` IS NOT NULL OR r.`state` = 'inReview';
--> statement-breakpoint
-- what waits at the desk holds of its batch what it will open with
UPDATE `batches` b JOIN `listings` l ON concat('bat_', substring(l.`id`, 5)) = b.`id` JOIN `revisions` r ON r.`id` = l.`working_revision_id`
SET b.`made_grams` = cast(json_unquote(json_extract(r.`draft`, '$.stock')) as signed) * cast(json_unquote(json_extract(r.`draft`, '$.netGrams')) as signed),
  b.`listed_grams` = cast(json_unquote(json_extract(r.`draft`, '$.stock')) as signed) * cast(json_unquote(json_extract(r.`draft`, '$.netGrams')) as signed)
WHERE l.`approved_revision_id` IS NULL AND r.`state` = 'inReview';
--> statement-breakpoint
UPDATE `revisions` r JOIN `listings` l ON l.`id` = r.`listing_id` JOIN `batches` b ON b.`id` = concat('bat_', substring(l.`id`, 5))
SET r.`taken` = json_array(json_object('batchId', b.`id`, 'code', b.`code`,
  'baseUnits', if(l.`approved_revision_id` is null, cast(json_unquote(json_extract(r.`draft`, '$.stock')) as signed), 0),
  'grams', if(l.`approved_revision_id` is null, b.`listed_grams`, 0)))
WHERE r.`state` = 'inReview';
--> statement-breakpoint
UPDATE `revisions` SET `draft` = json_set(`draft`,
  '$.productClass', if(json_unquote(json_extract(`draft`, '$.form')) = 'loose' and json_unquote(json_extract(`draft`, '$.kind')) = 'raw' and json_unquote(json_extract(`draft`, '$.scNumber')) = '', 'maocha', 'puer'),
  '$.captions', json_array(), '$.picking', null, '$.blend', null, '$.shares', '', '$.grade', null, '$.recipeCode', '', '$.variety', '', '$.roast', null, '$.process', null,
  '$.ingredients', '', '$.allergens', '', '$.howTo', '', '$.altitudeMetres', null, '$.treeClass', null, '$.treeBasis', '', '$.entrustedBy', '', '$.permitNumber', '', '$.presale', null, '$.brew', null,
  '$.label', json_object('name', '', 'netContent', '', 'scNumber', '', 'standardCode', '', 'productionDate', '', 'shelfLife', '', 'maker', ''),
  '$.pack', json_array(json_object('unit', CASE json_unquote(json_extract(`draft`, '$.form')) WHEN 'brick' THEN 'brick' WHEN 'tuo' THEN 'tuo' WHEN 'melon' THEN 'melon' WHEN 'loose' THEN 'bag' WHEN 'dragonBall' THEN 'box' ELSE 'cake' END, 'count', 1)),
  '$.skus', json_array(json_object('key', 's1',
    'name', CASE json_unquote(json_extract(`draft`, '$.form')) WHEN 'brick' THEN '单砖' WHEN 'tuo' THEN '单沱' WHEN 'melon' THEN '单个' WHEN 'loose' THEN '单袋' WHEN 'dragonBall' THEN '单盒' ELSE '单饼' END,
    'level', 0, 'priceFen', json_extract(`draft`, '$.priceFen'), 'struckFen', null, 'stock', json_extract(`draft`, '$.stock'), 'batchIds', json_array())));
--> statement-breakpoint
UPDATE `revisions` SET `draft` = json_remove(`draft`, '$.priceFen', '$.stock');
--> statement-breakpoint
UPDATE `revisions` r JOIN `batches` b ON b.`id` = concat('bat_', substring(r.`listing_id`, 5)) SET r.`draft` = json_set(r.`draft`, '$.skus[0].batchIds', json_array(b.`id`));
--> statement-breakpoint
UPDATE `offers` o JOIN `revisions` r ON r.`id` = o.`revision_id` SET o.`product_class` = json_unquote(json_extract(r.`draft`, '$.productClass'));
--> statement-breakpoint
DELETE FROM `skus` WHERE `opened_at` IS NULL;
--> statement-breakpoint
UPDATE `skus` SET `sku_key` = 's1';
--> statement-breakpoint
INSERT INTO `price_versions` (`id`, `sku_id`, `no`, `price_fen`, `from_at`, `actor`, `revision_id`)
SELECT concat('prv_', substring(r.`id`, 5)), s.`id`, r.`no`, o.`price_fen`, coalesce(r.`decided_at`, r.`created_at`), json_object('kind', 'clock', 'job', 'migration'), r.`id`
FROM `offers` o JOIN `revisions` r ON r.`id` = o.`revision_id` JOIN `skus` s ON s.`listing_id` = r.`listing_id`;
--> statement-breakpoint
INSERT INTO `lots` (`id`, `listing_id`, `batch_id`, `batch_code`, `left_count`, `opening_stock`, `frozen`, `opened_at`)
SELECT concat('lot_', substring(s.`id`, 5)), s.`listing_id`, b.`id`, b.`code`, s.`left_count`, s.`opening_stock`, false, s.`opened_at`
FROM `skus` s JOIN `batches` b ON b.`id` = concat('bat_', substring(s.`listing_id`, 5));
--> statement-breakpoint
INSERT INTO `offer_skus` (`revision_id`, `sku_id`, `place`, `name`, `unit`, `base_units`, `grams`, `price_fen`, `price_version_id`, `batches`)
SELECT o.`revision_id`, s.`id`, 0, json_unquote(json_extract(r.`draft`, '$.skus[0].name')), json_unquote(json_extract(r.`draft`, '$.pack[0].unit')), 1, o.`net_grams`, o.`price_fen`,
  concat('prv_', substring(r.`id`, 5)), json_array(json_object('batchId', b.`id`, 'code', b.`code`))
FROM `offers` o JOIN `revisions` r ON r.`id` = o.`revision_id` JOIN `skus` s ON s.`listing_id` = r.`listing_id` JOIN `batches` b ON b.`id` = concat('bat_', substring(r.`listing_id`, 5));
--> statement-breakpoint
INSERT INTO `offer_lots` (`revision_id`, `sku_id`, `place`, `lot_id`) SELECT k.`revision_id`, k.`sku_id`, 0, concat('lot_', substring(k.`sku_id`, 5)) FROM `offer_skus` k;
--> statement-breakpoint
UPDATE `reservations` SET `lot_id` = concat('lot_', substring(`sku_id`, 5)), `base_units` = `quantity`;
--> statement-breakpoint
UPDATE `order_lines` SET `sku_name` = concat('单', `unit`), `price_version_id` = concat('prv_', substring(`revision_id`, 5));
--> statement-breakpoint
INSERT INTO `order_line_lots` (`order_line_id`, `batch_id`, `order_id`, `batch_code`, `base_units`)
SELECT n.`id`, b.`id`, n.`order_id`, b.`code`, n.`quantity` FROM `order_lines` n JOIN `batches` b ON b.`id` = concat('bat_', substring(n.`listing_id`, 5));
--> statement-breakpoint
ALTER TABLE `stock_moves` DROP FOREIGN KEY `stock_moves_sku_id_skus_id_fk`;
--> statement-breakpoint
UPDATE `stock_moves` SET `lot_id` = concat('lot_', substring(`sku_id`, 5));
--> statement-breakpoint
ALTER TABLE `reservations` DROP INDEX `reservations_once`;
--> statement-breakpoint
ALTER TABLE `stock_moves` DROP PRIMARY KEY;
--> statement-breakpoint
ALTER TABLE `offers` MODIFY COLUMN `kind` varchar(24) character set ascii collate ascii_bin;
--> statement-breakpoint
ALTER TABLE `offers` MODIFY COLUMN `form` varchar(24) character set ascii collate ascii_bin;
--> statement-breakpoint
ALTER TABLE `offers` MODIFY COLUMN `season` varchar(24) character set ascii collate ascii_bin;
--> statement-breakpoint
ALTER TABLE `offers` MODIFY COLUMN `material_year` smallint;
--> statement-breakpoint
ALTER TABLE `skus` MODIFY COLUMN `opened_at` datetime(3) NOT NULL;
--> statement-breakpoint
ALTER TABLE `stock_moves` ADD PRIMARY KEY(`lot_id`,`reason`,`ref`);
--> statement-breakpoint
ALTER TABLE `reservations` ADD CONSTRAINT `reservations_once` UNIQUE(`order_id`,`sku_id`,`lot_id`);
--> statement-breakpoint
ALTER TABLE `skus` ADD CONSTRAINT `skus_key` UNIQUE(`listing_id`,`sku_key`);
--> statement-breakpoint
DROP INDEX `skus_listing` ON `skus`;
--> statement-breakpoint
CREATE INDEX `lots_batch` ON `lots` (`batch_id`);
--> statement-breakpoint
CREATE INDEX `offer_lots_lot` ON `offer_lots` (`lot_id`);
--> statement-breakpoint
CREATE INDEX `offer_skus_sku` ON `offer_skus` (`sku_id`);
--> statement-breakpoint
CREATE INDEX `order_line_lots_batch` ON `order_line_lots` (`batch_id`);
--> statement-breakpoint
CREATE INDEX `order_line_lots_order` ON `order_line_lots` (`order_id`);
--> statement-breakpoint
CREATE INDEX `reservations_lot` ON `reservations` (`lot_id`,`state`);
--> statement-breakpoint
ALTER TABLE `lots` ADD CONSTRAINT `lots_listing_id_listings_id_fk` FOREIGN KEY (`listing_id`) REFERENCES `listings`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `offer_lots` ADD CONSTRAINT `offer_lots_revision_id_offers_revision_id_fk` FOREIGN KEY (`revision_id`) REFERENCES `offers`(`revision_id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `offer_lots` ADD CONSTRAINT `offer_lots_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `offer_lots` ADD CONSTRAINT `offer_lots_lot_id_lots_id_fk` FOREIGN KEY (`lot_id`) REFERENCES `lots`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `offer_skus` ADD CONSTRAINT `offer_skus_revision_id_offers_revision_id_fk` FOREIGN KEY (`revision_id`) REFERENCES `offers`(`revision_id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `offer_skus` ADD CONSTRAINT `offer_skus_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `price_versions` ADD CONSTRAINT `price_versions_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `price_versions` ADD CONSTRAINT `price_versions_revision_id_revisions_id_fk` FOREIGN KEY (`revision_id`) REFERENCES `revisions`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `order_line_lots` ADD CONSTRAINT `order_line_lots_order_line_id_order_lines_id_fk` FOREIGN KEY (`order_line_id`) REFERENCES `order_lines`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `reservations` ADD CONSTRAINT `reservations_lot_id_lots_id_fk` FOREIGN KEY (`lot_id`) REFERENCES `lots`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `stock_moves` ADD CONSTRAINT `stock_moves_lot_id_lots_id_fk` FOREIGN KEY (`lot_id`) REFERENCES `lots`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `offers` DROP COLUMN `price_fen`;
--> statement-breakpoint
ALTER TABLE `reservations` DROP COLUMN `quantity`;
--> statement-breakpoint
ALTER TABLE `skus` DROP COLUMN `left_count`;
--> statement-breakpoint
ALTER TABLE `skus` DROP COLUMN `opening_stock`;
--> statement-breakpoint
ALTER TABLE `stock_moves` DROP COLUMN `sku_id`;
--> statement-breakpoint
ALTER TABLE `assets` ADD `source` varchar(24) character set ascii collate ascii_bin DEFAULT 'album' NOT NULL;--> statement-breakpoint
ALTER TABLE `assets` ADD `taken_at` datetime(3);--> statement-breakpoint
ALTER TABLE `assets` ADD `latitude_e2` int;--> statement-breakpoint
ALTER TABLE `assets` ADD `longitude_e2` int;--> statement-breakpoint
ALTER TABLE `assets` ADD `edited_with` varchar(40);--> statement-breakpoint
CREATE INDEX `assets_by_hash` ON `assets` (`hash`,`shop_id`);