CREATE TABLE `freight_templates` (
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`rules` json NOT NULL,
	`version` int NOT NULL,
	`saved_by` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`saved_at` datetime(3) NOT NULL,
	CONSTRAINT `freight_templates_shop_id` PRIMARY KEY(`shop_id`)
);
--> statement-breakpoint
CREATE TABLE `cart_lines` (
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`sku_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	`price_fen` bigint NOT NULL,
	`revision_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(120) NOT NULL,
	`live_session_id` varchar(30) character set ascii collate ascii_bin,
	`changed_at` datetime(3) NOT NULL,
	CONSTRAINT `cart_lines_user_id_sku_id_pk` PRIMARY KEY(`user_id`,`sku_id`)
);
--> statement-breakpoint
CREATE TABLE `coupons` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`offer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`nth` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`order_id` varchar(30) character set ascii collate ascii_bin,
	`claimed_at` datetime(3) NOT NULL,
	`used_at` datetime(3),
	`ends_at` datetime(3) NOT NULL,
	CONSTRAINT `coupons_id` PRIMARY KEY(`id`),
	CONSTRAINT `coupons_once` UNIQUE(`offer_id`,`user_id`,`nth`)
);
--> statement-breakpoint
CREATE TABLE `limit_uses` (
	`subject` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`who` varchar(70) character set ascii collate ascii_bin NOT NULL,
	`used` int NOT NULL,
	CONSTRAINT `limit_uses_subject_who_pk` PRIMARY KEY(`subject`,`who`)
);
--> statement-breakpoint
CREATE TABLE `promotion_offer_shops` (
	`offer_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`joined_at` datetime(3) NOT NULL,
	CONSTRAINT `promotion_offer_shops_offer_id_shop_id_pk` PRIMARY KEY(`offer_id`,`shop_id`)
);
--> statement-breakpoint
CREATE TABLE `promotion_offers` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin,
	`live_session_id` varchar(30) character set ascii collate ascii_bin,
	`kind` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(20) NOT NULL,
	`rule` json NOT NULL,
	`starts_at` datetime(3) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`quota` int NOT NULL,
	`per_person` int NOT NULL,
	`claimed` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`made_by` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`made_at` datetime(3) NOT NULL,
	CONSTRAINT `promotion_offers_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `purchase_limits` (
	`listing_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`shop_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`most` int NOT NULL,
	`set_by` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`set_at` datetime(3) NOT NULL,
	CONSTRAINT `purchase_limits_listing_id` PRIMARY KEY(`listing_id`)
);
--> statement-breakpoint
ALTER TABLE `order_lines` ADD `paid_fen` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `order_lines` ADD `limited` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `discount_fen` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `discounts` json;--> statement-breakpoint
ALTER TABLE `sub_orders` ADD `discount_fen` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sub_orders` ADD `freight_why` varchar(120) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `coupons` ADD CONSTRAINT `coupons_offer_id_promotion_offers_id_fk` FOREIGN KEY (`offer_id`) REFERENCES `promotion_offers`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `cart_lines_user` ON `cart_lines` (`user_id`,`changed_at`);--> statement-breakpoint
CREATE INDEX `coupons_user` ON `coupons` (`user_id`,`state`,`ends_at`,`id`);--> statement-breakpoint
CREATE INDEX `coupons_order` ON `coupons` (`order_id`);--> statement-breakpoint
CREATE INDEX `promotion_offer_shops_shop` ON `promotion_offer_shops` (`shop_id`);--> statement-breakpoint
CREATE INDEX `promotion_offers_shop` ON `promotion_offers` (`shop_id`,`state`,`ends_at`);--> statement-breakpoint
CREATE INDEX `promotion_offers_made` ON `promotion_offers` (`shop_id`,`made_at`,`id`);--> statement-breakpoint
UPDATE `order_lines` SET `paid_fen` = `line_fen`;--> statement-breakpoint
INSERT INTO `limit_uses` (`subject`, `who`, `used`) SELECT 'unpaid', concat('u:', `buyer_id`), count(*) FROM `orders` WHERE `state` = 'unpaid' GROUP BY `buyer_id`;--> statement-breakpoint
INSERT INTO `limit_uses` (`subject`, `who`, `used`) SELECT concat('unpaid:', `live_session_id`), concat('u:', `buyer_id`), count(*) FROM `orders` WHERE `state` = 'unpaid' AND `live_session_id` IS NOT NULL GROUP BY `live_session_id`, `buyer_id`;
